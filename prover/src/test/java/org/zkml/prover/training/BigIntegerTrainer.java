package org.zkml.prover.training;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.StepConstants;

/** The equations of section 5 of docs/proof-system.md, written down one by one in big integers. */
final class BigIntegerTrainer {
    private final TrainingShape shape;
    private final int b;
    private final ActivationTable table;
    private final BigInteger c;
    private final BigInteger d;
    final TrainingTrace trace;

    BigIntegerTrainer(TrainingShape shape, ActivationTable table, StepConstants constants) {
        this.shape = shape;
        this.b = shape.b();
        this.table = table;
        this.c = new BigInteger(Long.toUnsignedString(constants.c()));
        this.d = new BigInteger(Long.toUnsignedString(constants.d()));
        this.trace = TrainingTrace.allocate(shape);
    }

    /** False if a value is out of range. */
    boolean train(short[] x, short[] y, long[] weightsIn) {
        int features = shape.features();
        BigInteger[] weights = new BigInteger[features];
        for (int k = 0; k < features; k++) {
            weights[k] = BigInteger.valueOf(weightsIn[k]);
        }
        for (int t = 0; t < shape.slots(); t++) {
            BigInteger[] gradient = forward(t, x, y, weights);
            if (gradient == null || !writeWeights(t, 0, weights)) {
                return false;
            }
            boolean live = t < shape.steps();
            for (int k = 0; k < features; k++) {
                BigInteger sum = (live ? c : ZERO)
                        .multiply(gradient[k])
                        .add((live ? d : ZERO).multiply(weights[k]))
                        .add(pow(2 * b - 1));
                weights[k] = weights[k].subtract(sum.shiftRight(2 * b));
                writeLimbs(t, 3, 2, k, sum.mod(pow(2 * b)));
            }
        }
        for (int k = 0; k < features; k++) {
            trace.weightsOut()[k] = weights[k].longValue();
        }
        return writeWeights(shape.slots() - 1, 5, weights);
    }

    private BigInteger[] forward(int t, short[] x, short[] y, BigInteger[] weights) {
        int features = shape.features();
        BigInteger[] gradient = new BigInteger[features];
        Arrays.fill(gradient, ZERO);
        for (int i = 0; i < shape.rows(); i++) {
            int row = i + (t % shape.batches()) * shape.rows();
            BigInteger logit = ZERO;
            for (int k = 0; k < features; k++) {
                BigInteger forward = weights[k].add(pow(b - 1)).shiftRight(b);
                logit = logit.add(forward.multiply(BigInteger.valueOf(x[k + features * row])));
            }
            BigInteger shifted = logit.add(pow(2 * b - 1)).add(pow(b - 1));
            if (shifted.signum() < 0 || shifted.bitLength() > 2 * b) {
                return null;
            }
            int slot = i + shape.rows() * t;
            trace.zi()[slot] = shifted.shiftRight(b).intValueExact();
            trace.rem()[slot] = shifted.mod(pow(b)).intValueExact();
            trace.p()[slot] = table.valueAt(trace.zi()[slot]);
            BigInteger residual = BigInteger.valueOf(trace.p()[slot] - y[row]);
            for (int k = 0; k < features; k++) {
                gradient[k] = gradient[k].add(residual.multiply(BigInteger.valueOf(x[k + features * row])));
            }
        }
        return gradient;
    }

    private boolean writeWeights(int t, int firstLimb, BigInteger[] weights) {
        for (int k = 0; k < weights.length; k++) {
            BigInteger shifted = weights[k].add(pow(3 * b - 1)).add(pow(b - 1));
            if (shifted.signum() < 0 || shifted.bitLength() > 3 * b) {
                return false;
            }
            writeLimbs(t, firstLimb, 3, k, shifted);
        }
        return true;
    }

    private void writeLimbs(int t, int firstLimb, int limbs, int k, BigInteger value) {
        for (int l = 0; l < limbs; l++) {
            trace.aux()[k + shape.features() * (firstLimb + l + 8 * t)] =
                    value.shiftRight(l * b).mod(pow(b)).intValueExact();
        }
    }

    private static BigInteger pow(int bits) {
        return ONE.shiftLeft(bits);
    }
}
