package org.zkml.prover.training;

import java.util.Arrays;

/**
 * What a training run leaves for its proof: the witness columns of section 6 of docs/proof-system.md, without copies. Whoever holds it may read the data's secrets.
 *
 * @param shape the sizes
 * @param zi table index of the logit, at {@code i + 2^li t}
 * @param rem remainder of the logit's rounding, at {@code i + 2^li t}
 * @param p prediction, at {@code i + 2^li t}
 * @param aux limbs of weights and update remainders, at {@code k + 2^lk (l + 8 t)}, each in {@code [0, 2^b)}
 * @param weightsOut the {@code 2^lk} master weights after the last step
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of large arrays, never compared
public record TrainingTrace(TrainingShape shape, int[] zi, int[] rem, int[] p, int[] aux, long[] weightsOut) {
    /** Limbs of a step: three of the weights, two of the remainder, three of the final weights. */
    static final int LIMBS = 8;

    static final int WEIGHT_LIMB = 0;
    static final int REMAINDER_LIMB = 3;
    static final int FINAL_LIMB = 5;

    static TrainingTrace allocate(TrainingShape shape) {
        int entries = shape.slots() * shape.rows();
        return new TrainingTrace(
                shape,
                new int[entries],
                new int[entries],
                new int[entries],
                new int[shape.slots() * LIMBS * shape.features()],
                new long[shape.features()]);
    }

    /** The master weights that step slot {@code t} starts with; for {@code t >= steps} the final ones. */
    public long[] weightsBefore(int t) {
        int b = shape.b();
        long[] weights = new long[shape.features()];
        for (int k = 0; k < weights.length; k++) {
            int at = index(t, WEIGHT_LIMB, k);
            weights[k] = aux[at]
                    + ((long) aux[at + weights.length] << b)
                    + ((long) aux[at + 2 * weights.length] << (2 * b))
                    - shape.format().offW();
        }
        return weights;
    }

    void writeWeights(int t, int firstLimb, long[] weights) {
        long offset = shape.format().offW();
        for (int k = 0; k < weights.length; k++) {
            writeLimbs(t, firstLimb, 3, k, weights[k] + offset);
        }
    }

    void writeRemainder(int t, int k, long remainder) {
        writeLimbs(t, REMAINDER_LIMB, 2, k, remainder);
    }

    /** Copies the forward pass of slot {@code from}, made with the same batch and weights. */
    void repeatForwardPass(int from, int t) {
        int rows = shape.rows();
        for (int[] column : new int[][] {zi, rem, p}) {
            System.arraycopy(column, from * rows, column, t * rows, rows);
        }
    }

    /** Overwrites everything with zeros. */
    public void wipe() {
        for (int[] column : new int[][] {zi, rem, p, aux}) {
            Arrays.fill(column, 0);
        }
        Arrays.fill(weightsOut, 0);
    }

    private int index(int t, int limb, int k) {
        return k + shape.features() * (limb + LIMBS * t);
    }

    private void writeLimbs(int t, int firstLimb, int limbs, int k, long value) {
        int mask = (1 << shape.b()) - 1;
        for (int l = 0; l < limbs; l++) {
            aux[index(t, firstLimb + l, k)] = (int) (value >>> (l * shape.b())) & mask;
        }
    }
}
