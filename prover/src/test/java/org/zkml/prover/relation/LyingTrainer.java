package org.zkml.prover.relation;

import org.zkml.prover.relation.TrainInstance.Start;
import org.zkml.prover.training.TrainingShape;

/**
 * The trainer of docs/proof-system.md, section 5, once more and slowly, with a place to lie at each of its results: what a subclass changes goes on into all
 * that follows. For b = 8: a long holds every value.
 */
class LyingTrainer {

    final Start start;
    final TrainingShape shape;

    /** Columns of section 6. */
    final long[] zi;

    final long[] rem;
    final long[] p;
    final long[] aux;
    final long[] weightsOut;

    /** The forward weights and the residuals that were used. */
    final long[] forwardWeights;

    final long[] residuals;
    private final int[] table;

    LyingTrainer(Start start) {
        this.start = start;
        shape = start.shape();
        table = start.table().values();
        zi = new long[shape.slots() * shape.rows()];
        rem = new long[zi.length];
        p = new long[zi.length];
        residuals = new long[zi.length];
        aux = new long[shape.slots() * 8 * shape.features()];
        forwardWeights = new long[shape.slots() * shape.features()];
        weightsOut = new long[shape.features()];
    }

    /** Place of a limb in aux. */
    final int limb(int t, int l, int k) {
        return k + shape.features() * (l + 8 * t);
    }

    final LyingTrainer run() {
        long[] weights = start.weights().clone();
        for (int t = 0; t < shape.slots(); t++) {
            write(t, 0, weights);
            onWeightLimbs(t);
            for (int k = 0; k < weights.length; k++) {
                final long honest =
                        aux[limb(t, 1, k)] + (aux[limb(t, 2, k)] << shape.b()) - (1L << (2 * shape.b() - 1));
                forwardWeights[k + weights.length * t] = forwardWeight(t, k, honest);
            }
            for (int i = 0; i < shape.rows(); i++) {
                forward(t, i);
            }
            weights = update(t, weights);
        }
        write(shape.slots() - 1, 5, weights);
        System.arraycopy(weights, 0, weightsOut, 0, weights.length);
        onFinalLimbs();
        return this;
    }

    private void write(int t, int firstLimb, long[] weights) {
        for (int k = 0; k < weights.length; k++) {
            final long value = weights[k] + shape.format().offW();
            aux[limb(t, firstLimb, k)] = value & 0xff;
            aux[limb(t, firstLimb + 1, k)] = value >> 8 & 0xff;
            aux[limb(t, firstLimb + 2, k)] = value >> 16;
        }
    }

    private int row(int t, int i) {
        return i + shape.rows() * (t % shape.batches());
    }

    private void forward(int t, int i) {
        final int at = i + shape.rows() * t;
        long logit = 0;
        for (int k = 0; k < shape.features(); k++) {
            logit += forwardFeature(k + shape.features() * row(t, i)) * forwardWeights[k + shape.features() * t];
        }
        final long shifted = logit(t, i, logit) + shape.format().offZ();
        zi[at] = shifted >> 8;
        rem[at] = shifted & 0xff;
        onIndex(t, i, at);
        final boolean inTable = zi[at] >= 0 && zi[at] < table.length;
        p[at] = prediction(t, i, inTable ? table[(int) zi[at]] : 0);
        residuals[at] = residual(t, i, p[at] - start.y()[row(t, i)]);
    }

    private long[] update(int t, long[] weights) {
        final int b = shape.b();
        final long[] next = new long[weights.length];
        for (int k = 0; k < weights.length; k++) {
            long gradient = 0;
            for (int i = 0; i < shape.rows(); i++) {
                gradient += gradientFeature(k + shape.features() * row(t, i)) * residuals[i + shape.rows() * t];
            }
            final long c = t < steps() ? start.constants().c() : 0;
            final long d = t < steps() ? decay() : 0;
            final long change = c * gradient(t, k, gradient) + d * weights[k] + (1L << (2 * b - 1));
            next[k] = next(t, k, weights[k] - (change >> (2 * b)));
            final long u = remainder(t, k, change - ((weights[k] - next[k]) << (2 * b)));
            aux[limb(t, 3, k)] = u & 0xff;
            aux[limb(t, 4, k)] = u >> 8;
            onRemainderLimbs(t, k);
        }
        return next;
    }

    // what a lie may change; as it stands, the truth

    long forwardFeature(int index) {
        return start.x()[index];
    }

    long gradientFeature(int index) {
        return start.x()[index];
    }

    long forwardWeight(int t, int k, long honest) {
        return honest;
    }

    long logit(int t, int i, long honest) {
        return honest;
    }

    void onIndex(int t, int i, int at) {}

    long prediction(int t, int i, long honest) {
        return honest;
    }

    long residual(int t, int i, long honest) {
        return honest;
    }

    long gradient(int t, int k, long honest) {
        return honest;
    }

    int steps() {
        return shape.steps();
    }

    long decay() {
        return start.constants().d();
    }

    long next(int t, int k, long honest) {
        return honest;
    }

    long remainder(int t, int k, long honest) {
        return honest;
    }

    void onWeightLimbs(int t) {}

    void onRemainderLimbs(int t, int k) {}

    void onFinalLimbs() {}
}
