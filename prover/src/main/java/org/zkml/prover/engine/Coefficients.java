package org.zkml.prover.engine;

import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/** Kernels on univariate polynomials by their coefficients, lowest first. */
final class Coefficients {

    /** Coefficients that are divided one after the other, as those of other segments are at the same time. */
    private static final int SEGMENT = 256;

    private Coefficients() {}

    /**
     * Divides p by X - root by Horner's rule, in place; the last place becomes 0. Segments of p take each step together, on vectors: once to find what each
     * leaves to those below, then once more, from what those above leave. Two products a coefficient.
     *
     * @return the remainder p(root)
     */
    static Scalar divideByLinear(FrVector p, Scalar root) {
        final int segments = p.size() / SEGMENT;
        Scalar carry = Scalar.ZERO;
        for (int i = p.size() - 1; i >= SEGMENT * segments; i--) {
            final Scalar next = carry.mul(root).add(p.get(i));
            p.set(i, carry);
            carry = next;
        }
        final FrVector carries = p.like(segments);
        horner(p, root, carries, false);
        final Scalar power = root.pow(SEGMENT);
        for (int segment = segments - 1; segment >= 0; segment--) {
            final Scalar next = carry.mul(power).add(carries.get(segment));
            carries.set(segment, carry);
            carry = next;
        }
        horner(p, root, carries, true);
        return carry;
    }

    /** For each segment {@code carry = carry root^SEGMENT + sum p_i root^i}; puts what came before each step into its place if told so. */
    private static void horner(FrVector p, Scalar root, FrVector carries, boolean writes) {
        final FrVector c = p.constant(root);
        FrVector.forChunks(carries.size(), (at, count) -> {
            final FrVector sum = p.like(count);
            final FrVector t = p.like(count);
            sum.copy(0, carries, at, count);
            for (int i = SEGMENT - 1; i >= 0; i--) {
                final int from = SEGMENT * at + i;
                t.gather(p, from, SEGMENT, count);
                if (writes) {
                    p.scatter(from, SEGMENT, sum, count);
                }
                sum.mul(0, sum, 0, c, 0, count);
                sum.add(0, sum, 0, t, 0, count);
            }
            if (!writes) {
                carries.copy(at, sum, 0, count);
            }
        });
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
