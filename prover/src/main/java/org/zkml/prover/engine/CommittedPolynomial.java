package org.zkml.prover.engine;

import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/** Coefficients of a polynomial of the opening, lowest first, with its blinder. */
record CommittedPolynomial(FrVector coefficients, Scalar blinder) {

    static CommittedPolynomial of(Scalar[] coefficients, Scalar blinder) {
        final FrVector vector = FrVector.zeros(coefficients.length);
        for (int i = 0; i < coefficients.length; i++) {
            vector.set(i, coefficients[i]);
        }
        return new CommittedPolynomial(vector, blinder);
    }

    G1Affine commit(Committer committer) {
        return committer.commit(coefficients, blinder);
    }

    int size() {
        return coefficients.size();
    }
}
