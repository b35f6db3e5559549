package org.zkml.prover.sumcheck;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/**
 * The prover's side of the second sum-check: {@code sum_j <Wt_j, f_j>} over columns of different sizes, highest variable first
 * (docs/proof-system.md, section 4.3).
 */
public final class SecondSumcheck {

    private static final int MIN_CHUNKS = 4;

    private final List<Column> columns = new ArrayList<>();

    /** Adds a column and its joined weight: tables of 2^numVars values, taken over and changed. */
    public void add(int numVars, FrVector weight, FrVector table) {
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
                column.weight = column.weight.bindHighest(challenge);
                column.table = column.table.bindHighest(challenge);
            }
        }
    }

    private static final class Column {
        private final int numVars;
        private FrVector weight;
        private FrVector table;
        private Scalar lift = Scalar.ONE;
        private Scalar claim;

        Column(int numVars, FrVector weight, FrVector table) {
            if (weight.size() != 1 << numVars || table.size() != weight.size()) {
                throw new IllegalArgumentException(
                        "tables of " + weight.size() + " and " + table.size() + " values, not 2^" + numVars);
            }
            this.numVars = numVars;
            this.weight = weight;
            this.table = weight.sameForm(table);
        }

        /** The inner product; needed only while the column waits for its first round. */
        Scalar claim() {
            if (claim == null) {
                claim = FrVector.innerProduct(weight, table);
            }
            return claim;
        }

        /** The products of the lower halves, and of the slopes. */
        Scalar[] round(int half) {
            final Scalar[] sums = {Scalar.ZERO, Scalar.ZERO};
            final int chunks = (half + FrVector.CHUNK - 1) / FrVector.CHUNK;
            Parallel.forRange(0, chunks, MIN_CHUNKS, (from, to) -> {
                final FrVector low = weight.like(FrVector.CHUNK);
                final FrVector high = weight.like(FrVector.CHUNK);
                final FrVector s = weight.like(FrVector.CHUNK);
                final FrVector t = weight.like(FrVector.CHUNK);
                for (int chunk = from; chunk < to; chunk++) {
                    final int at = chunk * FrVector.CHUNK;
                    final int count = Math.min(FrVector.CHUNK, half - at);
                    s.mul(0, weight, at, table, at, count);
                    low.add(0, low, 0, s, 0, count);
                    s.sub(0, weight, half + at, weight, at, count);
                    t.sub(0, table, half + at, table, at, count);
                    s.mul(0, s, 0, t, 0, count);
                    high.add(0, high, 0, s, 0, count);
                }
                synchronized (sums) {
                    sums[0] = sums[0].add(low.sum(0, FrVector.CHUNK));
                    sums[1] = sums[1].add(high.sum(0, FrVector.CHUNK));
                }
            });
            return sums;
        }
    }
}
