package org.zkml.prover.engine;

import java.util.Arrays;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/** Kernels on univariate polynomials by their coefficients, lowest first. */
final class Coefficients {

    private static final int MIN_PART = 1024;

    private Coefficients() {}

    /**
     * Divides p by X - root by Horner's rule, in place: afterwards the quotient's coefficients are in places 0 to count - 2. Every thread first finds
     * what its part leaves to those below, then divides it.
     *
     * @param p flat elements of Fr, all in Montgomery form or all as canonical integers
     * @return the remainder p(root), in the same form
     */
    static long[] divideByLinear(long[] p, int count, Scalar root) {
        final int parts = Math.max(1, Math.min(Parallel.threads(), count / MIN_PART));
        final long[][] carry = new long[parts][Fr.LIMBS];
        final int[] bound = new int[parts + 1];
        Arrays.setAll(bound, part -> (int) ((long) count * part / parts));
        Parallel.forRange(1, parts, 1, (from, to) -> {
            for (int part = from; part < to; part++) {
                horner(p, bound[part], bound[part + 1], root.limbs(), carry[part - 1], false);
            }
        });
        final long[] t = new long[Fr.LIMBS];
        for (int part = parts - 2; part >= 0; part--) { // carry[part] = what the parts above leave
            final Scalar power = root.pow(bound[part + 2] - bound[part + 1]);
            Fr.mul(t, 0, carry[part + 1], 0, power.limbs(), 0);
            Fr.add(carry[part], 0, carry[part], 0, t, 0);
        }
        Parallel.forRange(0, parts, 1, (from, to) -> {
            for (int part = from; part < to; part++) {
                horner(p, bound[part], bound[part + 1], root.limbs(), carry[part], true);
            }
        });
        return carry[0];
    }

    /** carry = carry root^{to - from} + sum p_i root^{i - from}; puts what came before each step into its place if told so. */
    private static void horner(long[] p, int from, int to, long[] root, long[] carry, boolean writes) {
        final long[] t = new long[Fr.LIMBS];
        for (int i = to - 1; i >= from; i--) {
            Fr.mul(t, 0, carry, 0, root, 0);
            Fr.add(t, 0, t, 0, p, Fr.LIMBS * i);
            if (writes) {
                Fr.copy(p, Fr.LIMBS * i, carry, 0);
            }
            Fr.copy(carry, 0, t, 0);
        }
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
