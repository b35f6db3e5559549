package org.zkml.prover.engine;

import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/** Coefficients of a polynomial of the opening, a window of a flat table, with its blinder. */
record CommittedPolynomial(long[] table, int offset, int count, Scalar blinder) {

    static CommittedPolynomial of(Scalar[] coefficients, Scalar blinder) {
        final long[] table = new long[Fr.LIMBS * coefficients.length];
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i].put(table, i);
        }
        return new CommittedPolynomial(table, 0, coefficients.length, blinder);
    }

    G1Affine commit(Committer committer) {
        return committer.commit(table, offset, count, blinder);
    }

    /** target[i] += factor * coefficient[i]. */
    void addTo(long[] target, Scalar factor) {
        Coefficients.addScaled(target, 0, table, offset, count, factor);
    }

    /** target += factor * the polynomial with its coefficients in reverse order, {@code rev_count}. */
    void addReversedTo(long[] target, Scalar factor) {
        Coefficients.addScaledReversed(target, table, offset, count, factor);
    }
}
