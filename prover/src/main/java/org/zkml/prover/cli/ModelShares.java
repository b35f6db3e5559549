package org.zkml.prover.cli;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * A trained model split among aggregators (docs/marketplace.md): uniform shares of weights and blinder for all but the last, whose share is what is missing. All of them together are the model,
 * any fewer say nothing about it. Secret.
 *
 * @param drawn one array a share: {@code 2^lk} weights, then the blinder
 */
record ModelShares(List<Scalar[]> drawn) {

    /** Fresh shares for so many aggregators. */
    static ModelShares draw(int aggregators, int lk) {
        final List<Scalar[]> shares = new ArrayList<>();
        for (int k = 0; k < aggregators - 1; k++) {
            final Scalar[] share = new Scalar[(1 << lk) + 1];
            for (int i = 0; i < share.length; i++) {
                share[i] = SecretScalars.draw();
            }
            shares.add(share);
        }
        return new ModelShares(List.copyOf(shares));
    }

    /** The last aggregator's share. */
    Scalar[] last(ModelOpening model) {
        final Scalar[] rest = new Scalar[model.weights().length + 1];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = i < model.weights().length ? Scalar.of(model.weights()[i]) : model.blinder();
            for (Scalar[] share : drawn) {
                rest[i] = rest[i].sub(share[i]);
            }
        }
        return rest;
    }

    /** Commitments to all shares but the last. */
    List<G1Affine> commit(Committer committer) {
        return drawn.stream().map(share -> commit(share, committer)).toList();
    }

    static G1Affine commit(Scalar[] share, Committer committer) {
        final int count = share.length - 1;
        final long[] table = new long[Fr.LIMBS * count];
        for (int i = 0; i < count; i++) {
            share[i].put(table, i);
        }
        return committer.commit(MultilinearPolynomial.of(FrVector.of(table)), share[count]);
    }

    /** Bytes for the vault. */
    byte[] encode() {
        final int scalars = drawn.isEmpty() ? 0 : drawn.getFirst().length;
        final ByteBuffer out = ByteBuffer.allocate(8 + Fr.BYTES * drawn.size() * scalars)
                .putInt(drawn.size())
                .putInt(scalars);
        drawn.forEach(share -> {
            for (Scalar value : share) {
                out.put(value.toBytes());
            }
        });
        return out.array();
    }

    /** @throws IllegalArgumentException if {@link #encode} did not write them */
    static ModelShares decode(byte[] bytes) {
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        final int count = in.getInt();
        final int scalars = in.getInt();
        if (count < 0 || scalars < 0 || in.remaining() != (long) Fr.BYTES * count * scalars) {
            throw new IllegalArgumentException(bytes.length + " bytes for " + count + " shares");
        }
        final List<Scalar[]> shares = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            final Scalar[] share = new Scalar[scalars];
            for (int i = 0; i < scalars; i++) {
                final byte[] word = new byte[Fr.BYTES];
                in.get(word);
                share[i] = SecretScalars.read(word);
            }
            shares.add(share);
        }
        return new ModelShares(List.copyOf(shares));
    }
}
