package org.zkml.prover.poly;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/**
 * A multilinear polynomial by its table of 2^n values, variable 0 the least significant bit of the index. Tables of small integers
 * stay {@code int}: their commitments cost a fraction. Immutable; the tables are not copied.
 */
public final class MultilinearPolynomial {

    private static final int MIN_CHUNK = 4096;

    private final int numVars;
    private final int[] small;
    private final long[] full;

    private MultilinearPolynomial(int numVars, int[] small, long[] full) {
        this.numVars = numVars;
        this.small = small;
        this.full = full;
    }

    /** @throws IllegalArgumentException if the number of values is no power of two */
    public static MultilinearPolynomial ofSmall(int[] values) {
        return new MultilinearPolynomial(log2(values.length), values, null);
    }

    /** @throws IllegalArgumentException if the number of values is no power of two */
    public static MultilinearPolynomial ofSmall(short[] values) {
        final int[] wide = new int[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return ofSmall(wide);
    }

    /** @throws IllegalArgumentException if the number of values is no power of two */
    public static MultilinearPolynomial ofLongs(long[] values) {
        final long[] table = new long[Fr.LIMBS * values.length];
        for (int i = 0; i < values.length; i++) {
            Fr.fromLong(table, Fr.LIMBS * i, values[i]);
        }
        return of(table);
    }

    /**
     * @param table flat elements of Fr
     * @throws IllegalArgumentException if the number of values is no power of two
     */
    public static MultilinearPolynomial of(long[] table) {
        return new MultilinearPolynomial(log2(table.length / Fr.LIMBS), null, table);
    }

    private static int log2(int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a table of " + size + " values, not a power of two");
        }
        return Integer.numberOfTrailingZeros(size);
    }

    public int numVars() {
        return numVars;
    }

    public int size() {
        return 1 << numVars;
    }

    /** The values if they are small integers, else null; to be read only. */
    public int[] smallValues() {
        return small;
    }

    /** A fresh table of the values. */
    public long[] toTable() {
        if (small == null) {
            return full.clone();
        }
        final long[] table = new long[Fr.LIMBS << numVars];
        Parallel.forRange(0, small.length, MIN_CHUNK, (from, to) -> {
            for (int i = from; i < to; i++) {
                if (small[i] != 0) {
                    Fr.fromLong(table, Fr.LIMBS * i, small[i]);
                }
            }
        });
        return table;
    }

    /** The table, shared where it exists as one; to be read only. */
    public long[] table() {
        return full != null ? full : toTable();
    }

    /** target[i] += coefficient * value[i]. */
    public void addTo(long[] target, Scalar coefficient) {
        final long[] c = coefficient.limbs();
        Parallel.forRange(0, size(), MIN_CHUNK, (from, to) -> {
            final long[] t = new long[Fr.LIMBS];
            for (int i = from; i < to; i++) {
                if (small == null) {
                    Fr.mul(t, 0, full, Fr.LIMBS * i, c, 0);
                } else if (small[i] == 0) {
                    continue;
                } else {
                    Fr.fromLong(t, 0, small[i]);
                    Fr.mul(t, 0, t, 0, c, 0);
                }
                Fr.add(target, Fr.LIMBS * i, target, Fr.LIMBS * i, t, 0);
            }
        });
    }

    /**
     * The value of the multilinear extension.
     *
     * @throws IllegalArgumentException if the point has another number of coordinates
     */
    public Scalar evaluate(Scalar... point) {
        if (point.length != numVars) {
            throw new IllegalArgumentException(numVars + " variables, a point of " + point.length);
        }
        return Multilinear.evaluate(toTable(), point);
    }
}
