package org.zkml.prover.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * What opens the commitments of a data set: the quantised rows and the blinders. Secret, like the data itself.
 *
 * @param n rows with data
 * @param x {@code 2^(ln + lk)} features, as in {@link EncodedDataset}
 * @param y {@code 2^ln} targets
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of large arrays, never compared
public record DatasetOpening(int n, short[] x, short[] y, Scalar blinderX, Scalar blinderY) {

    /** Fresh blinders for a data set. */
    static DatasetOpening of(EncodedDataset dataset) {
        return new DatasetOpening(dataset.n(), dataset.x(), dataset.y(), SecretScalars.draw(), SecretScalars.draw());
    }

    int ln() {
        return Integer.numberOfTrailingZeros(y.length);
    }

    int lk() {
        return Integer.numberOfTrailingZeros(x.length / y.length);
    }

    Blinded features() {
        return new Blinded(MultilinearPolynomial.ofSmall(x), blinderX);
    }

    Blinded targets() {
        return new Blinded(MultilinearPolynomial.ofSmall(y), blinderY);
    }

    G1Affine commitX(Committer committer) {
        return committer.commit(features().polynomial(), blinderX);
    }

    G1Affine commitY(Committer committer) {
        return committer.commit(targets().polynomial(), blinderY);
    }

    /** Bytes for the vault. */
    byte[] encode() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(n);
            out.writeInt(ln());
            out.writeInt(lk());
            out.write(blinderX.toBytes());
            out.write(blinderY.toBytes());
            for (short value : x) {
                out.writeShort(value);
            }
            for (short value : y) {
                out.writeShort(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if {@link #encode} did not write them */
    static DatasetOpening decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            final int n = in.readInt();
            final int ln = in.readInt();
            final int lk = in.readInt();
            final Scalar blinderX = SecretScalars.read(in.readNBytes(Fr.BYTES));
            final Scalar blinderY = SecretScalars.read(in.readNBytes(Fr.BYTES));
            if (ln < 0 || lk < 0 || ln + lk > 28 || in.available() != (2 << (ln + lk)) + (2 << ln)) {
                throw new IllegalArgumentException(
                        bytes.length + " bytes for a data set of 2^" + ln + " x 2^" + lk + " entries");
            }
            return new DatasetOpening(n, shorts(in, 1 << (ln + lk)), shorts(in, 1 << ln), blinderX, blinderY);
        } catch (IOException e) {
            throw new IllegalArgumentException("a stored data set ends early", e);
        }
    }

    private static short[] shorts(DataInputStream in, int count) throws IOException {
        final short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readShort();
        }
        return values;
    }

    /** Overwrites the data with zeros. */
    void wipe() {
        Arrays.fill(x, (short) 0);
        Arrays.fill(y, (short) 0);
    }
}
