package org.zkml.prover.averaging;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;

/**
 * What answers a dispute: a share in clear, as {@code TrainingCampaigns.revealShare} takes it (docs/contracts.md, "Shares in clear"). Once sent it is everybody's: docs/secure-averaging.md, "Disputes",
 * says when that gives nothing away.
 *
 * @param aggregator from 0
 * @param quotient commitment to {@code (U(f)(X) - U(f)(p)) / (X - p)}, without a blinder
 */
public record ShareAnswer(int aggregator, VectorOpening share, G1Affine quotient) {

    private static final byte[] DOMAIN = Keccak256.hash("zkml/share/1".getBytes(StandardCharsets.US_ASCII));

    /** @throws IllegalArgumentException if the share does not open the contributor's commitment for that aggregator */
    public static ShareAnswer of(
            RoundId round, Contributor contributor, int aggregator, VectorOpening share, Committer committer) {
        if (!share.opens(contributor.share(aggregator), committer)) {
            throw new IllegalArgumentException("the share for aggregator " + (aggregator + 1)
                    + " does not open its commitment: use the vault that contributed it");
        }
        final Scalar point = point(round, contributor, aggregator, share);
        return new ShareAnswer(aggregator, share, quotient(share.values(), point, committer));
    }

    /** p: a hash of everything. */
    static Scalar point(RoundId round, Contributor contributor, int aggregator, VectorOpening share) {
        final ByteArrayOutputStream context = new ByteArrayOutputStream();
        context.writeBytes(DOMAIN);
        context.writeBytes(round.encode());
        context.writeBytes(RoundId.word(contributor.account()));
        context.writeBytes(RoundId.word(BigInteger.valueOf(aggregator)));
        context.writeBytes(contributor.commitmentsHash());
        return Scalar.reduce(Keccak256.hash(Keccak256.hash(context.toByteArray()), share.encode()));
    }

    /** By Horner's rule from the highest coefficient down; of a constant it is zero. */
    private static G1Affine quotient(List<Scalar> values, Scalar point, Committer committer) {
        if (values.size() == 1) {
            return G1Affine.INFINITY;
        }
        final long[] table = new long[Fr.LIMBS * (values.size() - 1)];
        Scalar carry = Scalar.ZERO;
        for (int i = values.size() - 1; i > 0; i--) {
            carry = carry.mul(point).add(values.get(i));
            carry.put(table, i - 1);
        }
        return committer.commit(FrVector.of(table), Scalar.ZERO);
    }
}
