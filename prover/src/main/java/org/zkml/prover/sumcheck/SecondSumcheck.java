package org.zkml.prover.sumcheck;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.poly.Multilinear;

/**
 * The prover's side of the second sum-check: {@code sum_j <Wt_j, f_j>} over columns of different sizes, highest variable first
 * (docs/proof-system.md, section 4.3).
 */
public final class SecondSumcheck {

    private static final int MIN_CHUNK = 1024;

    private final List<Column> columns = new ArrayList<>();

    /** Adds a column and its joined weight: tables of 2^numVars elements of Fr, taken over and changed. */
    public void add(int numVars, long[] weight, long[] table) {
        columns.add(new Column(numVars, weight, table));
    }

    /** The message c_0, c_2 when variable k is next. */
    public Scalar[] round(int k) {
        Scalar c0 = Scalar.ZERO;
        Scalar c2 = Scalar.ZERO;
        for (Column column : columns) {
            if (k >= column.numVars) {
                c0 = c0.add(column.lift.mul(column.claim()));
            } else {
                final Scalar[] own = column.round(1 << k);
                c0 = c0.add(column.lift.mul(own[0]));
                c2 = c2.add(column.lift.mul(own[1]));
            }
        }
        return new Scalar[] {c0, c2};
    }

    /** Binds variable k to the challenge. */
    public void bind(int k, Scalar challenge) {
        for (Column column : columns) {
            if (k >= column.numVars) {
                column.lift = column.lift.mul(Scalar.ONE.sub(challenge));
            } else {
                Multilinear.bindHighest(column.weight, 1 << k, challenge);
                Multilinear.bindHighest(column.table, 1 << k, challenge);
            }
        }
    }

    private static final class Column {
        private final int numVars;
        private final long[] weight;
        private final long[] table;
        private Scalar lift = Scalar.ONE;
        private Scalar claim;

        Column(int numVars, long[] weight, long[] table) {
            if (weight.length != Fr.LIMBS << numVars || table.length != weight.length) {
                throw new IllegalArgumentException("tables of " + weight.length / Fr.LIMBS + " and "
                        + table.length / Fr.LIMBS + " values, not 2^" + numVars);
            }
            this.numVars = numVars;
            this.weight = weight;
            this.table = table;
        }

        /** The inner product; needed only while the column waits for its first round. */
        Scalar claim() {
            if (claim == null) {
                final long[] sum = new long[Fr.LIMBS];
                Parallel.forRange(0, 1 << numVars, MIN_CHUNK, (from, to) -> {
                    final long[] t = new long[2 * Fr.LIMBS];
                    for (int i = from; i < to; i++) {
                        Fr.mul(t, 0, weight, Fr.LIMBS * i, table, Fr.LIMBS * i);
                        Fr.add(t, Fr.LIMBS, t, Fr.LIMBS, t, 0);
                    }
                    synchronized (sum) {
                        Fr.add(sum, 0, sum, 0, t, Fr.LIMBS);
                    }
                });
                claim = Scalar.get(sum, 0);
            }
            return claim;
        }

        Scalar[] round(int half) {
            final long[] sums = new long[2 * Fr.LIMBS];
            Parallel.forRange(0, half, MIN_CHUNK, (from, to) -> {
                final long[] t = new long[4 * Fr.LIMBS];
                for (int i = from; i < to; i++) {
                    final int lo = Fr.LIMBS * i;
                    final int hi = Fr.LIMBS * (half + i);
                    Fr.mul(t, 8, weight, lo, table, lo);
                    Fr.add(t, 0, t, 0, t, 8);
                    Fr.sub(t, 8, weight, hi, weight, lo);
                    Fr.sub(t, 12, table, hi, table, lo);
                    Fr.mul(t, 8, t, 8, t, 12);
                    Fr.add(t, 4, t, 4, t, 8);
                }
                synchronized (sums) {
                    Fr.add(sums, 0, sums, 0, t, 0);
                    Fr.add(sums, 4, sums, 4, t, 4);
                }
            });
            return new Scalar[] {Scalar.get(sums, 0), Scalar.get(sums, 1)};
        }
    }
}
