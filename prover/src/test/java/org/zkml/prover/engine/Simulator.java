package org.zkml.prover.engine;

import java.util.function.Function;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.ProofFields.Field;
import org.zkml.prover.field.Scalar;

/**
 * The simulator of docs/proof-system.md, section 4.4: draws every point and every scalar at random and solves the verification equation for delta. It knows tau and xi and no
 * witness, whether the statement has one or not.
 */
final class Simulator {

    private Simulator() {}

    static byte[] simulate(Relation relation, KnownSetup setup, Function<String, Scalar> randomness)
            throws MalformedProofException {
        final byte[] proof = new byte[relation.structure().proofBytes()];
        Field delta = null;
        for (Field field : ProofFields.of(relation.structure())) {
            final Scalar value = randomness.apply(field.name());
            final byte[] bytes = field.point() ? G1Affine.GENERATOR.mul(value).toBytes() : value.toBytes();
            System.arraycopy(bytes, 0, proof, field.offset(), bytes.length);
            delta = field;
        }
        final byte[] solved = solve(relation, setup, proof).toBytes();
        System.arraycopy(solved, 0, proof, delta.offset(), solved.length);
        return proof;
    }

    /** delta = (left - tau (pi_1 + w pi_2)) / xi. */
    private static G1Affine solve(Relation relation, KnownSetup setup, byte[] proof) throws MalformedProofException {
        final ReceivedProof p = new ReceivedProof(relation, proof);
        final var claims = relation.linearClaims(p.challenges);
        final OpeningCoefficients p1 = new OpeningCoefficients(
                relation.structure(),
                ColumnWeights.at(relation.structure(), claims, p.lambda, p.u),
                EquationBuilder.build(relation, p.challenges, claims, p.lambda, p.u, p.eta, p.sent),
                new OpeningCoefficients.Point(p.u, p.kappa, p.y, p.x, p.a, p.e, p.z));
        final G1Affine left = new OpeningSum(relation, p, p1).value();
        final G1Affine right = p.pi1.add(p.pi2.mul(p.w)).mul(setup.tau());
        return left.add(right.negate()).mul(setup.xi().inverse());
    }
}
