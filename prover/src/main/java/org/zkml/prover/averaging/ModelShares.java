package org.zkml.prover.averaging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;

/**
 * A trained model split among aggregators (docs/secure-averaging.md): uniform shares of weights and blinder for all but the last, whose share is what is missing. All of them together are the model,
 * any fewer say nothing about it. Secret.
 *
 * @param drawn one a share
 */
public record ModelShares(List<VectorOpening> drawn) {

    public ModelShares {
        if (drawn.isEmpty()) {
            throw new IllegalArgumentException("shares for one aggregator: the share would be the model");
        }
        drawn = List.copyOf(drawn);
    }

    /** Fresh shares for so many aggregators, two at least. */
    public static ModelShares draw(int aggregators, int lk) {
        return new ModelShares(IntStream.range(1, aggregators)
                .mapToObj(k -> VectorOpening.draw(lk))
                .toList());
    }

    /** All shares, in the order of the aggregators. */
    public List<VectorOpening> of(ModelOpening model) {
        final List<VectorOpening> shares = new ArrayList<>(drawn);
        shares.add(drawn.stream().reduce(model.vector(), VectorOpening::subtract));
        return shares;
    }

    /** Commitments to all shares but the last. */
    public List<G1Affine> commit(Committer committer) {
        return drawn.stream().map(share -> share.commit(committer)).toList();
    }

    /** Bytes for the vault: numbers of shares and of scalars a share, then the shares. */
    public byte[] encode() {
        final int scalars = drawn.getFirst().values().size() + 1;
        final ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + Fr.BYTES * scalars * drawn.size())
                .putInt(drawn.size())
                .putInt(scalars);
        drawn.forEach(share -> out.put(share.encode()));
        return out.array();
    }

    /** @throws IllegalArgumentException if {@link #encode} did not write them */
    public static ModelShares decode(byte[] bytes) {
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final long count = bytes.length < 2 * Integer.BYTES ? 0 : in.getInt();
        final long scalars = count == 0 ? 0 : in.getInt();
        if (count <= 0 || Long.bitCount(scalars - 1) != 1 || in.remaining() != Fr.BYTES * count * scalars) {
            throw new IllegalArgumentException(bytes.length + " bytes for " + count + " shares");
        }
        final List<VectorOpening> shares = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            final byte[] share = new byte[Fr.BYTES * (int) scalars];
            in.get(share);
            shares.add(VectorOpening.decode(share, Long.numberOfTrailingZeros(scalars - 1)));
        }
        return new ModelShares(shares);
    }

    @Override
    public String toString() {
        return drawn.size() + " shares";
    }
}
