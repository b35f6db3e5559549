package org.zkml.prover.poly;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;

/**
 * A multilinear polynomial by its table of 2^n values, variable 0 the least significant bit of the index. Tables of small integers
 * stay {@code int}: their commitments cost a fraction. Immutable; the tables are not copied.
 */
public final class MultilinearPolynomial {

    private final int numVars;
    private final int[] small;
    private final FrVector full;
    private final Selection selection; // of the full values, or null

    private MultilinearPolynomial(int size, int[] small, FrVector full, Selection selection) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a table of " + size + " values, not a power of two");
        }
        this.numVars = Integer.numberOfTrailingZeros(size);
        this.small = small;
        this.full = full;
        this.selection = selection;
    }

    /** @throws IllegalArgumentException if the number of values is no power of two */
    public static MultilinearPolynomial ofSmall(int[] values) {
        return new MultilinearPolynomial(values.length, values, null, null);
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
        return of(FrVector.of(table));
    }

    /** @throws IllegalArgumentException if the number of values is no power of two */
    public static MultilinearPolynomial of(FrVector values) {
        return new MultilinearPolynomial(values.size(), null, values, null);
    }

    /** @throws IllegalArgumentException if the number of values is no power of two */
    public static MultilinearPolynomial of(Selection selection) {
        return new MultilinearPolynomial(selection.size(), null, selection.values(), selection);
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

    /** The values as a selection from a table if they were made as one, else null. */
    public Selection selection() {
        return selection;
    }

    /** The values, shared where they exist as a vector; to be read only. */
    public FrVector values() {
        return full != null ? full : FrVector.ofSmall(small);
    }

    /** A fresh vector of the values. */
    public FrVector toVector() {
        return full != null ? full.copy() : FrVector.ofSmall(small);
    }

    /** target[i] += coefficient * value[i]. */
    public void addTo(FrVector target, Scalar coefficient) {
        if (small != null) {
            target.addScaled(small, coefficient);
        } else {
            target.addScaled(full, coefficient);
        }
    }

    /** The polynomial whose table is this one's in reverse order. */
    public MultilinearPolynomial reversed() {
        if (small == null) {
            return of(full.reversed());
        }
        final int[] reversed = new int[small.length];
        for (int i = 0; i < small.length; i++) {
            reversed[i] = small[small.length - 1 - i];
        }
        return ofSmall(reversed);
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
        return Multilinear.evaluate(toVector(), point);
    }
}
