package org.zkml.prover.averaging;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.RoundedAverage;
import org.zkml.prover.hash.Keccak256;

/**
 * The result of a round: what every aggregator computes from all partial sums, and proves with AGGREGATE. Secret.
 *
 * @param sum opens {@code C_sum}: S(k) and the blinders' sum
 * @param model opens {@code C_next}: W_next, S / N rounded half up, and a blinder that all aggregators know
 */
public record NextModel(VectorOpening sum, ModelOpening model) {

    private static final byte[] DOMAIN = "zkml/next-blinder/1".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param partialSums one an aggregator, in their order
     * @throws IllegalArgumentException if one of them does not open the sum of its commitments, or the total is not one of models in range, which a round of accepted contributions cannot give
     */
    public static NextModel of(
            ContributorSet set, List<VectorOpening> partialSums, FixedPoint format, Committer committer) {
        if (partialSums.size() != set.aggregators()) {
            throw new IllegalArgumentException(
                    partialSums.size() + " partial sums of " + set.aggregators() + " aggregators");
        }
        for (int k = 0; k < partialSums.size(); k++) {
            if (!set.isPartialSum(k, partialSums.get(k), committer)) {
                throw new IllegalArgumentException("the partial sum of aggregator " + (k + 1)
                        + " does not open the sum of its share commitments in " + set.round()
                        + ": ask for the one of these contributors");
            }
        }
        final VectorOpening sum =
                partialSums.stream().reduce(VectorOpening::add).orElseThrow();
        final BigInteger[] sums =
                sum.values().stream().map(ModelOpening::centred).toArray(BigInteger[]::new);
        final long[] weights =
                RoundedAverage.of(format, sums, set.weightTotal()).averages();
        final List<Scalar> blinders =
                partialSums.stream().map(VectorOpening::blinder).toList();
        return new NextModel(sum, new ModelOpening(weights, blinder(set.round(), set.sum(), blinders)));
    }

    /**
     * {@code keccak(m || 0x00) || keccak(m || 0x01)} as an integer of 512 bits modulo r, m being domain, round, {@code C_sum} and the partial sums' blinders. Uniform to whoever lacks one of
     * them, with keccak as a random oracle.
     */
    static Scalar blinder(RoundId round, G1Affine sum, List<Scalar> blinders) {
        final ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(DOMAIN);
        message.writeBytes(round.encode());
        message.writeBytes(sum.toBytes());
        blinders.forEach(blinder -> message.writeBytes(blinder.toBytes()));
        final ByteArrayOutputStream wide = new ByteArrayOutputStream();
        wide.writeBytes(Keccak256.hash(message.toByteArray(), new byte[] {0}));
        wide.writeBytes(Keccak256.hash(message.toByteArray(), new byte[] {1}));
        return SecretScalars.reduce(wide.toByteArray());
    }
}
