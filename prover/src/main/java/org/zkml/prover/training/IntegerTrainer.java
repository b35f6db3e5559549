package org.zkml.prover.training;

import java.math.BigInteger;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.training.OutOfRangeException.Quantity;

/** Gradient descent in exactly the integers that a TRAIN proof speaks of (sections 5 and 6 of docs/proof-system.md). */
public final class IntegerTrainer {
    private final TrainingShape shape;
    private final FixedPoint format;
    private final ActivationTable table;
    private final StepConstants constants;

    /** @throws IllegalArgumentException if the table is one for another limb width */
    public IntegerTrainer(TrainingShape shape, ActivationTable table, StepConstants constants) {
        if (table.format().b() != shape.b()) {
            throw new IllegalArgumentException(
                    "the table is for b = " + table.format().b() + ", the shape has b = " + shape.b());
        }
        this.shape = shape;
        this.format = shape.format();
        this.table = table;
        this.constants = constants;
    }

    /**
     * Trains. About {@code 2^{lt + li + lk + 1}} multiplications.
     *
     * @param x features, {@code x[k + 2^lk (i + 2^li batch)]}, in signed {@code b} bits
     * @param y targets, {@code y[i + 2^li batch]}, in signed {@code b} bits
     * @param weightsIn the {@code 2^lk} master weights to start from
     * @throws OutOfRangeException if a logit or a weight leaves the range in which it can be proved
     * @throws IllegalArgumentException if an array has the wrong length, or an entry of {@code x} or {@code y} more than {@code b} bits
     */
    public TrainingTrace train(short[] x, short[] y, long[] weightsIn) {
        requireValues("x", x, shape.batches() * shape.rows() * shape.features());
        requireValues("y", y, shape.batches() * shape.rows());
        requireLength("weightsIn", weightsIn.length, shape.features());
        for (int k = 0; k < weightsIn.length; k++) {
            if (weightsIn[k] < format.weightMin() || weightsIn[k] >= format.weightEnd()) {
                throw weightOutOfRange(Quantity.INCOMING_WEIGHT, 0, k, BigInteger.valueOf(weightsIn[k]));
            }
        }

        TrainingTrace trace = TrainingTrace.allocate(shape);
        ForwardPass forwardPass = new ForwardPass(shape, table, x, y, trace);
        long[] weights = weightsIn.clone();
        for (int t = 0; t < shape.steps(); t++) {
            trace.writeWeights(t, TrainingTrace.WEIGHT_LIMB, weights);
            update(t, weights, forwardPass.run(t, weights), trace);
        }
        for (int t = shape.steps(); t < shape.slots(); t++) {
            fillIdleSlot(t, weights, forwardPass, trace);
        }
        trace.writeWeights(shape.slots() - 1, TrainingTrace.FINAL_LIMB, weights);
        System.arraycopy(weights, 0, trace.weightsOut(), 0, weights.length);
        return trace;
    }

    private void update(int t, long[] weights, long[] gradient, TrainingTrace trace) {
        WeightUpdate update = new WeightUpdate(constants, format);
        for (int k = 0; k < weights.length; k++) {
            if (!update.compute(weights[k], gradient[k])) {
                throw weightOutOfRange(Quantity.WEIGHT, t, k, update.exact(weights[k], gradient[k]));
            }
            weights[k] = update.next();
            trace.writeRemainder(t, k, update.remainder());
        }
    }

    /** A slot past the last step: the forward pass alone, and the update of {@code c_t = d_t = 0}, whose remainder is the rounding constant. */
    private void fillIdleSlot(int t, long[] weights, ForwardPass forwardPass, TrainingTrace trace) {
        trace.writeWeights(t, TrainingTrace.WEIGHT_LIMB, weights);
        int earlier = t - shape.batches();
        if (earlier >= shape.steps()) {
            trace.repeatForwardPass(earlier, t);
        } else {
            forwardPass.run(t, weights);
        }
        for (int k = 0; k < weights.length; k++) {
            trace.writeRemainder(t, k, 1L << (2 * shape.b() - 1));
        }
    }

    private OutOfRangeException weightOutOfRange(Quantity quantity, int step, int feature, BigInteger value) {
        return new OutOfRangeException(
                quantity, step, feature, value, format.weightMin(), format.weightEnd(), format.fw());
    }

    private void requireValues(String name, short[] values, int length) {
        requireLength(name, values.length, length);
        for (int i = 0; i < length; i++) {
            if (!format.isValue(values[i])) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] = " + values[i] + ": must fit in " + shape.b() + " signed bits");
            }
        }
    }

    private static void requireLength(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " entries, the shape needs " + expected);
        }
    }
}
