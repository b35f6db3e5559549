package org.zkml.prover.training;

import java.math.BigInteger;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.training.OutOfRangeException.Quantity;

/** One step's predictions, and its gradient {@code X^T (P - Y)}: rows in parallel, sums in integers, so the number of threads does not show. */
final class ForwardPass {
    /** Multiplications below which a second thread is not worth its start. */
    private static final int MIN_CHUNK_PRODUCTS = 1 << 15;

    private final TrainingShape shape;
    private final FixedPoint format;
    private final int[] table;
    private final short[] x;
    private final short[] y;
    private final TrainingTrace trace;

    ForwardPass(TrainingShape shape, ActivationTable table, short[] x, short[] y, TrainingTrace trace) {
        this.shape = shape;
        this.format = shape.format();
        this.table = table.values();
        this.x = x;
        this.y = y;
        this.trace = trace;
    }

    /**
     * Fills slot {@code t} of the trace.
     *
     * @return the gradient, with {@code fx + fp} fractional bits, {@code |G| <= 2^{li + 2b - 1}}
     */
    long[] run(int t, long[] weights) {
        int[] forward = new int[weights.length];
        for (int k = 0; k < forward.length; k++) {
            forward[k] = format.forwardWeight(weights[k]);
        }
        long[] gradient = new long[weights.length];
        int minChunk = Math.max(1, MIN_CHUNK_PRODUCTS >> shape.lk());
        Parallel.forRange(0, shape.rows(), minChunk, (from, to) -> {
            long[] part = rows(t, from, to, forward);
            synchronized (gradient) {
                for (int k = 0; k < part.length; k++) {
                    gradient[k] += part[k];
                }
            }
        });
        return gradient;
    }

    private long[] rows(int t, int from, int to, int[] forward) {
        int features = forward.length;
        long[] gradient = new long[features];
        int batch = t & (shape.batches() - 1);
        int b = shape.b();
        int mask = (1 << b) - 1;
        for (int i = from; i < to; i++) {
            int row = i + batch * shape.rows();
            int at = row * features;
            long logit = 0;
            for (int k = 0; k < features; k++) {
                logit += (long) x[at + k] * forward[k];
            }
            long shifted = logit + format.offZ();
            if (shifted < 0 || shifted >> (2 * b) != 0) {
                throw new OutOfRangeException(
                        Quantity.LOGIT,
                        Math.min(t, shape.steps()),
                        row,
                        BigInteger.valueOf(logit),
                        format.logitMin(),
                        format.logitEnd(),
                        2 * format.fx());
            }
            int index = (int) (shifted >> b);
            int slot = i + t * shape.rows();
            trace.zi()[slot] = index;
            trace.rem()[slot] = (int) shifted & mask;
            trace.p()[slot] = table[index];
            int residual = table[index] - y[row];
            for (int k = 0; k < features; k++) {
                gradient[k] += x[at + k] * (long) residual;
            }
        }
        return gradient;
    }
}
