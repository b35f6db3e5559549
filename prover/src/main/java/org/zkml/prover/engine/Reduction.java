package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.LinearCombination;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;

/** What a proof's verification comes down to: a refusal, or one equation between pairings that is left to check. */
sealed interface Reduction {

    /** The proof is false whatever the pairings say. */
    record Refused(Verification.Rejected verdict) implements Reduction {}

    /**
     * The proof is true exactly if {@code e(withOne, [1]_2) e(withTau, [tau]_2) e(withXi, [xi]_2) = 1}.
     *
     * @param digest of the statement and the whole proof
     */
    record Equation(byte[] digest, G1Affine withOne, G1Affine withTau, G1Affine withXi) implements Reduction {

        private static Equation of(Relation relation, ReceivedProof proof) {
            return new Equation(
                    proof.digest(),
                    new OpeningSum(relation, proof, coefficients(relation, proof)).value(),
                    LinearCombination.of(List.of(proof.pi1, proof.pi2), List.of(Scalar.ONE.negate(), proof.w.negate()))
                            .toAffine(),
                    proof.delta.negate());
        }

        private static OpeningCoefficients coefficients(Relation relation, ReceivedProof p) {
            final Structure structure = relation.structure();
            final List<LinearClaim> claims = relation.linearClaims(p.challenges);
            final PadEquation equation =
                    EquationBuilder.build(relation, p.challenges, claims, p.lambda, p.u, p.eta, p.sent);
            return new OpeningCoefficients(
                    structure,
                    ColumnWeights.at(structure, claims, p.lambda, p.u),
                    equation,
                    new OpeningCoefficients.Point(p.u, p.kappa, p.y, p.x, p.a, p.e, p.z));
        }
    }

    /**
     * All of a proof's verification but the pairings.
     *
     * @throws MalformedProofException if the bytes are no proof of the statement's shape
     * @throws IllegalArgumentException if the statement's shape is beyond pad or soundness bound
     */
    static Reduction of(Relation relation, VerifierKey key, byte[] proof) throws MalformedProofException {
        relation.structure().requireSupported();
        final ReceivedProof received = new ReceivedProof(relation, proof);
        if (!relation.verifierKey().equals(key)) {
            return new Refused(new Verification.Rejected(Verification.Stage.SETUP, "a statement about this setup"));
        }
        final Scalar x = received.x;
        if (x.isZero() || Pad.vanishing(x).isZero()) {
            return new Refused(new Verification.Rejected(
                    Verification.Stage.EVALUATION_POINT, "x outside the pad's domain, found x = " + x));
        }
        return Equation.of(relation, received);
    }
}
