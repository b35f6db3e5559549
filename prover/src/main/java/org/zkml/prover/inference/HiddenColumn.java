package org.zkml.prover.inference;

import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * A column's commitment and the blinder that opens it, for whoever knows the column: what the seller tells the buyer. The blinder is secret from all others.
 */
public record HiddenColumn(G1Affine commitment, Scalar blinder) {

    /** A commitment with a fresh blinder. */
    static HiddenColumn of(MultilinearPolynomial column, Committer committer) {
        final Scalar blinder = SecretScalars.draw();
        return new HiddenColumn(committer.commit(column, blinder), blinder);
    }

    /** Whether it is the column that is committed to. */
    boolean hides(MultilinearPolynomial column, Committer committer) {
        return committer.commit(column, blinder).equals(commitment);
    }

    /** As a column of a witness. */
    Blinded blinded(MultilinearPolynomial column) {
        return new Blinded(column, blinder);
    }

    @Override
    public String toString() {
        return "hidden column " + commitment;
    }
}
