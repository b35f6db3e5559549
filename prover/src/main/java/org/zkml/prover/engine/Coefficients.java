package org.zkml.prover.engine;

import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/** Kernels on univariate polynomials: flat coefficients in Fr, lowest first. */
final class Coefficients {

    private static final int MIN_CHUNK = 4096;

    private Coefficients() {}

    /** target[targetOffset + i] += factor * source[offset + i]. */
    static void addScaled(long[] target, int targetOffset, long[] source, int offset, int count, Scalar factor) {
        final long[] c = factor.limbs();
        Parallel.forRange(0, count, MIN_CHUNK, (from, to) -> {
            final long[] t = new long[Fr.LIMBS];
            for (int i = from; i < to; i++) {
                Fr.mul(t, 0, source, Fr.LIMBS * (offset + i), c, 0);
                final int o = Fr.LIMBS * (targetOffset + i);
                Fr.add(target, o, target, o, t, 0);
            }
        });
    }

    /** target[count - 1 - i] += factor * source[offset + i]. */
    static void addScaledReversed(long[] target, long[] source, int offset, int count, Scalar factor) {
        final long[] c = factor.limbs();
        Parallel.forRange(0, count, MIN_CHUNK, (from, to) -> {
            final long[] t = new long[Fr.LIMBS];
            for (int i = from; i < to; i++) {
                Fr.mul(t, 0, source, Fr.LIMBS * (offset + i), c, 0);
                final int o = Fr.LIMBS * (count - 1 - i);
                Fr.add(target, o, target, o, t, 0);
            }
        });
    }

    /**
     * Divides p by X - root in place by Horner's rule: afterwards the quotient's coefficients are in places 0 to count - 2.
     *
     * @return the remainder p(root)
     */
    static Scalar divideByLinear(long[] p, int count, Scalar root) {
        final long[] c = root.limbs();
        final long[] carry = new long[Fr.LIMBS];
        final long[] t = new long[Fr.LIMBS];
        for (int i = count - 1; i >= 0; i--) {
            Fr.mul(t, 0, carry, 0, c, 0);
            Fr.add(t, 0, t, 0, p, Fr.LIMBS * i);
            Fr.copy(p, Fr.LIMBS * i, carry, 0);
            Fr.copy(carry, 0, t, 0);
        }
        return Scalar.get(carry, 0);
    }

    /** p(x). */
    static Scalar evaluate(Scalar[] p, Scalar x) {
        Scalar value = Scalar.ZERO;
        for (int i = p.length - 1; i >= 0; i--) {
            value = value.mul(x).add(p[i]);
        }
        return value;
    }
}
