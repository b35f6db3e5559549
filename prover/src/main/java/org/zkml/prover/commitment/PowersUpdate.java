package org.zkml.prover.commitment;

import java.util.Arrays;
import org.zkml.prover.curve.Endomorphism;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.parallel.Parallel;

/**
 * {@code s^i P_i} for a whole column of points: each scalar is split by {@link Endomorphism}, both halves are cut into signed windows of
 * four bits, and a thousand points are doubled and added in step, with affine additions that share their inversions. About 127 doublings and 70
 * additions, 1,350 products, a point.
 */
final class PowersUpdate {

    private static final int P = G1Affine.LIMBS;
    private static final int BATCH = BatchAddition.CAPACITY;
    private static final int BITS = 4;
    private static final int HALF = 1 << (BITS - 1);
    private static final int WINDOWS = Endomorphism.HALF_BITS / BITS + 1; // 128 bits: one more than a half has

    private final BatchAddition addition = new BatchAddition();
    private final Endomorphism endomorphism = new Endomorphism();
    private final long[] multiples = new long[P * HALF * BATCH]; // d P_i at d - 1, i
    private final long[] operand = new long[P * BATCH];
    private final byte[] digits = new byte[2 * WINDOWS * BATCH];

    private PowersUpdate() {}

    /**
     * The points {@code secret^i points[i]}, flat affine.
     *
     * @param secret one element of {@link Fr}
     */
    static long[] of(long[] points, long[] secret, Progress progress) {
        final int count = points.length / P;
        final long[] out = new long[points.length];
        final Progress.Counter counter = new Progress.Counter(progress, "updating powers", count);
        Parallel.forRange(0, (count + BATCH - 1) / BATCH, 1, (from, to) -> {
            final PowersUpdate update = new PowersUpdate();
            for (int batch = from; batch < to; batch++) {
                final int first = batch * BATCH;
                final int size = Math.min(BATCH, count - first);
                final long[] scalars = new long[Fr.LIMBS * size];
                SecretPowers.fill(secret, first, scalars, size);
                update.multiply(
                        Arrays.copyOfRange(points, P * first, P * (first + size)), scalars, size, out, P * first);
                counter.add(size);
            }
        });
        return out;
    }

    /** {@code secret * point} for one element of {@link Fr}. */
    static G1Affine multiply(G1Affine point, long[] secret) {
        final long[] scalar = new long[Fr.LIMBS];
        final long[] out = new long[P];
        Fr.toCanonical(scalar, 0, secret, 0);
        new PowersUpdate().multiply(point.limbs(), scalar, 1, out, 0);
        return G1Affine.ofLimbs(out, 0);
    }

    /** Overwrites the scalars, and everything derived from them but the result. */
    private void multiply(long[] points, long[] scalars, int size, long[] out, int o) {
        for (int i = 0; i < size; i++) {
            cut(scalars, i);
        }
        fillMultiples(points, size);
        final long[] sum = new long[P * size];
        for (int w = WINDOWS - 1; w >= 0; w--) {
            for (int i = 0; i < BITS && w < WINDOWS - 1; i++) {
                addition.add(sum, sum, size);
            }
            for (int half = 0; half < 2; half++) {
                for (int i = 0; i < size; i++) {
                    select(digits[(2 * i + half) * WINDOWS + w], half == 1, i);
                }
                addition.add(sum, operand, size);
            }
        }
        System.arraycopy(sum, 0, out, o, P * size);
        Arrays.fill(scalars, 0);
        Arrays.fill(digits, (byte) 0);
        Arrays.fill(operand, 0);
        endomorphism.wipe();
    }

    private void cut(long[] scalars, int i) {
        final long[] halves = new long[2 * Endomorphism.HALF_LIMBS];
        final int signs = endomorphism.split(scalars, Fr.LIMBS * i, halves, 0);
        for (int half = 0; half < 2; half++) {
            final int sign = (signs >> half & 1) == 0 ? 1 : -1;
            int carry = 0;
            for (int w = 0; w < WINDOWS; w++) {
                final int bit = BITS * w;
                int digit = (int) (halves[2 * half + (bit >> 6)] >>> (bit & 63)) & ((1 << BITS) - 1);
                digit += carry;
                carry = digit > HALF ? 1 : 0;
                digits[(2 * i + half) * WINDOWS + w] = (byte) (sign * (digit - (carry << BITS)));
            }
        }
        Arrays.fill(halves, 0);
    }

    private void fillMultiples(long[] points, int size) {
        System.arraycopy(points, 0, multiples, 0, P * size);
        final long[] sum = points.clone();
        for (int d = 2; d <= HALF; d++) {
            addition.add(sum, points, size);
            System.arraycopy(sum, 0, multiples, P * BATCH * (d - 1), P * size);
        }
    }

    private void select(int digit, boolean image, int i) {
        final int o = P * i;
        if (digit == 0) {
            Arrays.fill(operand, o, o + P, 0);
            return;
        }
        System.arraycopy(multiples, P * (BATCH * (Math.abs(digit) - 1) + i), operand, o, P);
        if (digit < 0) {
            Fq.neg(operand, o + Fq.LIMBS, operand, o + Fq.LIMBS);
        }
        if (image) {
            Endomorphism.apply(operand, o);
        }
    }
}
