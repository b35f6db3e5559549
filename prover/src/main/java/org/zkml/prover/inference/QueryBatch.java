package org.zkml.prover.inference;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * Rows that a model is asked about, and the salt that hides them in the hash which the buyer signs. Secret between buyer and seller.
 *
 * <p>In the proof both numbers are filled up to powers of two, with zeros in every feature, the intercept among them.
 */
public final class QueryBatch {

    /** Length of a salt. */
    public static final int SALT_BYTES = 32;

    /** log2 of the largest numbers of rows and of features: no table of a proof has more variables. */
    private static final int MAX_VARIABLES = 28;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final short[] values;
    private final int features;
    private final byte[] salt;

    /**
     * @param values quantised features, row by row, as the schema encodes them, the intercept first
     * @param features of a row, those that only fill up not among them
     * @param salt 32 bytes
     * @throws IllegalArgumentException if there is no row, the last one is not complete, or the salt has another length
     */
    public QueryBatch(short[] values, int features, byte[] salt) {
        if (features < 1 || values.length < 1 || values.length % features != 0) {
            throw new IllegalArgumentException(
                    values.length + " values are no rows of " + features + " features: ask about one row or more");
        }
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt of " + salt.length + " bytes, not " + SALT_BYTES);
        }
        this.values = values.clone();
        this.features = features;
        this.salt = salt.clone();
        if (lq() + lk() > MAX_VARIABLES) {
            throw new IllegalArgumentException(rows() + " rows of " + features
                    + " features, filled up to powers of two, are above 2^" + MAX_VARIABLES
                    + " values: ask in several queries");
        }
    }

    /** A batch with a fresh salt. */
    public static QueryBatch of(short[] values, int features) {
        final byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new QueryBatch(values, features, salt);
    }

    /** The rows asked about. */
    public int rows() {
        return values.length / features;
    }

    /** Features of a row. */
    public int features() {
        return features;
    }

    /** log2 of the rows, those that fill up among them. */
    public int lq() {
        return log2(rows());
    }

    /** log2 of the features, those that fill up among them. */
    public int lk() {
        return log2(features);
    }

    private static int log2(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    /** A copy of the values. */
    public short[] values() {
        return values.clone();
    }

    /** A copy of the salt. */
    public byte[] salt() {
        return salt.clone();
    }

    /** {@code keccak256(salt || rows || features || values)}: numbers of four bytes, big-endian, values signed. */
    public byte[] inputsHash() {
        final ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * (2 + values.length));
        numbers.putInt(rows()).putInt(features);
        for (short value : values) {
            numbers.putInt(value);
        }
        return Keccak256.hash(salt, numbers.array());
    }

    /** The first row that does not begin with the intercept; -1 if all do. */
    int firstWithoutIntercept(short one) {
        for (int row = 0; row < rows(); row++) {
            if (values[row * features] != one) {
                return row;
            }
        }
        return -1;
    }

    /** X(q, k), k low, of 2^lq rows. */
    MultilinearPolynomial column() {
        final int width = 1 << lk();
        final int[] x = new int[width << lq()];
        for (int i = 0; i < values.length; i++) {
            x[i / features * width + i % features] = values[i];
        }
        return MultilinearPolynomial.ofSmall(x);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueryBatch batch
                && features == batch.features
                && Arrays.equals(values, batch.values)
                && Arrays.equals(salt, batch.salt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(inputsHash());
    }

    @Override
    public String toString() {
        return rows() + " rows of " + features + " features";
    }
}
