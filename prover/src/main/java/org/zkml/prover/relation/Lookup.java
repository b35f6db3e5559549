package org.zkml.prover.relation;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.poly.MultilinearPolynomial;

/** Tables of the logUp argument (ePrint 2022/1530): denominators and their inverses, and sums of products. */
final class Lookup {

    private static final int CHUNK = 1024;

    private Lookup() {}

    /** constant + column, element by element. */
    static long[] shifted(MultilinearPolynomial column, Scalar constant) {
        final long[] table = column.toTable();
        addTo(table, constant);
        return table;
    }

    /** table[i] += constant. */
    static void addTo(long[] table, Scalar constant) {
        final long[] c = constant.limbs();
        Parallel.forRange(0, table.length / Fr.LIMBS, CHUNK, (from, to) -> {
            for (int i = from; i < to; i++) {
                Fr.add(table, Fr.LIMBS * i, table, Fr.LIMBS * i, c, 0);
            }
        });
    }

    /** The inverses of all elements, in a fresh table. */
    static long[] inverses(long[] table) {
        final long[] out = table.clone();
        Parallel.forRange(0, table.length / Fr.LIMBS, CHUNK, (from, to) -> {
            for (int start = from; start < to; start += CHUNK) {
                Fr.invertAll(out, Fr.LIMBS * start, Math.min(CHUNK, to - start));
            }
        });
        return out;
    }

    /** sum_i prod_j tables[j][i]. */
    static Scalar innerProduct(long[]... tables) {
        final long[] sum = new long[Fr.LIMBS];
        Parallel.forRange(0, tables[0].length / Fr.LIMBS, CHUNK, (from, to) -> {
            final long[] t = new long[2 * Fr.LIMBS];
            for (int i = from; i < to; i++) {
                Fr.copy(t, 0, tables[0], Fr.LIMBS * i);
                for (int j = 1; j < tables.length; j++) {
                    Fr.mul(t, 0, t, 0, tables[j], Fr.LIMBS * i);
                }
                Fr.add(t, Fr.LIMBS, t, Fr.LIMBS, t, 0);
            }
            synchronized (sum) {
                Fr.add(sum, 0, sum, 0, t, Fr.LIMBS);
            }
        });
        return Scalar.get(sum, 0);
    }

    /** alpha + 0, alpha + 1, .. alpha + size - 1. */
    static long[] indexTable(int size, Scalar alpha) {
        final long[] table = new long[Fr.LIMBS * size];
        for (int i = 0; i < size; i++) {
            Fr.fromLong(table, Fr.LIMBS * i, i);
        }
        addTo(table, alpha);
        return table;
    }
}
