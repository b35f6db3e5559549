package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.pairing.Pairing;

/**
 * The verifier of docs/proof-system.md, section 4, for any relation: a pure function of statement, key and proof. About 45 scalar
 * multiplications and three pairings.
 */
public final class Verifier {

    private Verifier() {}

    /**
     * Verifies one proof.
     *
     * @param key the setup that the caller trusts; the statement must name the same
     * @throws MalformedProofException if the bytes are no proof of the statement's shape
     * @throws IllegalArgumentException if the statement's shape is beyond pad or soundness bound
     */
    public static Verification verify(Relation relation, VerifierKey key, byte[] proof) throws MalformedProofException {
        final Structure structure = relation.structure();
        structure.requireSupported();
        final ReceivedProof received = new ReceivedProof(relation, proof);
        if (!relation.verifierKey().equals(key)) {
            return new Verification.Rejected(Verification.Stage.SETUP, "a statement about this setup");
        }
        final Scalar x = received.x;
        if (x.isZero() || Pad.vanishing(x).isZero()) {
            return new Verification.Rejected(
                    Verification.Stage.EVALUATION_POINT, "x outside the pad's domain, found x = " + x);
        }
        final G1Affine left = new OpeningSum(relation, received, coefficients(relation, received)).value();
        final G1Affine withTau = received.pi1.add(received.pi2.mul(received.w)).negate();
        return Pairing.productIsOne(
                        List.of(left, withTau, received.delta.negate()),
                        List.of(G2Affine.GENERATOR, key.tau2(), key.xi2()))
                ? new Verification.Accepted()
                : new Verification.Rejected(Verification.Stage.OPENING, "a pairing product of 1");
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
