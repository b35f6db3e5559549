package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;

/** Flat tables of Fr, as liars need them. */
final class Tables {

    private Tables() {}

    /** table[index] += value. */
    static void add(long[] table, int index, Scalar value) {
        Scalar.get(table, index).add(value).put(table, index);
    }

    static Scalar sum(long[] table) {
        Scalar sum = Scalar.ZERO;
        for (int i = 0; i < table.length / Fr.LIMBS; i++) {
            sum = sum.add(Scalar.get(table, i));
        }
        return sum;
    }

    /** Counts the values that are in the lookup table; leaves out those that are not. */
    static void count(long[] values, int[] counts, int base) {
        final BigInteger size = BigInteger.valueOf(base == 0 ? counts.length : counts.length - base);
        for (int i = 0; i < values.length / Fr.LIMBS; i++) {
            final BigInteger value = Scalar.get(values, i).toBigInteger();
            if (value.compareTo(size) < 0) {
                counts[base + value.intValue()]++;
            }
        }
    }

    /** A column as a table of 2^numVars values, {@code delta} moved from place 0 to the first place past its own table. */
    static Blinded extended(Blinded column, int numVars, long delta) {
        final long[] table = Arrays.copyOf(column.polynomial().toTable(), Fr.LIMBS << numVars);
        add(table, 0, Scalar.of(-delta));
        add(table, column.polynomial().size(), Scalar.of(delta));
        return new Blinded(MultilinearPolynomial.of(table), column.blinder());
    }

    static Scalar bound(List<SumGroup> groups, int group, int factor) {
        return Scalar.get(groups.get(group).factor(factor), 0);
    }

    static long[] of(long... values) {
        final long[] table = new long[Fr.LIMBS * values.length];
        for (int i = 0; i < values.length; i++) {
            Fr.fromLong(table, Fr.LIMBS * i, values[i]);
        }
        return table;
    }
}
