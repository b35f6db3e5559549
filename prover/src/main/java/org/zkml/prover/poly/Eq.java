package org.zkml.prover.poly;

import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/**
 * The equality polynomial {@code eq(u, x) = prod_k (u_k x_k + (1 - u_k)(1 - x_k))}, and sums of it over initial segments of the cube
 * (docs/proof-system.md, sections 1 and 6). Points are lowest variable first.
 */
public final class Eq {

    private Eq() {}

    /** The table of {@code x -> eq(point, x)}, 2^n elements; one product an element. */
    public static FrVector table(Scalar... point) {
        FrVector table = FrVector.zeros(1);
        table.set(0, Scalar.ONE);
        for (int k = 0; k < point.length; k++) {
            table = extended(table, point[k]);
        }
        return table;
    }

    /** Twice as many elements: those of the table times 1 - u, then those times u. */
    private static FrVector extended(FrVector low, Scalar u) {
        final int half = low.size();
        final FrVector both = FrVector.zeros(2 * half);
        final FrVector source = both.sameForm(low);
        final FrVector c = both.constant(u);
        FrVector.forChunks(half, (at, count) -> {
            both.mul(half + at, source, at, c, 0, count);
            both.sub(at, source, at, both, half + at, count);
        });
        return both;
    }

    /** eq(p, q). */
    public static Scalar at(Scalar[] p, Scalar[] q) {
        requireSameLength(p, q);
        Scalar product = Scalar.ONE;
        for (int k = 0; k < p.length; k++) {
            product = product.mul(both(p[k], q[k]).add(neither(p[k], q[k])));
        }
        return product;
    }

    /** {@code sum_{x < n} eq(p, x) eq(q, x)} for {@code 0 <= n <= 2^v}. */
    public static Scalar below(Scalar[] p, Scalar[] q, long n) {
        requireSameLength(p, q);
        requireSegment(p.length, n);
        if (n == 1L << p.length) {
            return at(p, q);
        }
        Scalar sum = Scalar.ZERO;
        Scalar full = Scalar.ONE;
        for (int k = 0; k < p.length; k++) {
            final Scalar lo = neither(p[k], q[k]);
            final Scalar hi = both(p[k], q[k]);
            sum = (n >> k & 1) == 1 ? lo.mul(full).add(hi.mul(sum)) : lo.mul(sum);
            full = full.mul(lo.add(hi));
        }
        return sum;
    }

    /** {@code sum_{x < n} eq(p, x)}: the extension of "x is below n", for {@code 0 <= n <= 2^v}. */
    public static Scalar below(Scalar[] p, long n) {
        requireSegment(p.length, n);
        if (n == 1L << p.length) {
            return Scalar.ONE;
        }
        Scalar sum = Scalar.ZERO;
        for (int k = 0; k < p.length; k++) {
            final Scalar lo = Scalar.ONE.sub(p[k]);
            sum = (n >> k & 1) == 1 ? lo.add(p[k].mul(sum)) : lo.mul(sum);
        }
        return sum;
    }

    /** {@code sum_y eq(p, y) eq(q, y + 1)} over y from 0 to 2^v - 2: the extension of "x is the successor of y". */
    public static Scalar successor(Scalar[] p, Scalar[] q) {
        requireSameLength(p, q);
        Scalar succ = Scalar.ZERO;
        Scalar carry = Scalar.ONE;
        for (int k = 0; k < p.length; k++) {
            final Scalar up = Scalar.ONE.sub(p[k]).mul(q[k]);
            succ = succ.mul(both(p[k], q[k]).add(neither(p[k], q[k]))).add(carry.mul(up));
            carry = carry.mul(p[k].mul(Scalar.ONE.sub(q[k])));
        }
        return succ;
    }

    private static Scalar both(Scalar p, Scalar q) {
        return p.mul(q);
    }

    private static Scalar neither(Scalar p, Scalar q) {
        return Scalar.ONE.sub(p).mul(Scalar.ONE.sub(q));
    }

    private static void requireSameLength(Scalar[] p, Scalar[] q) {
        if (p.length != q.length) {
            throw new IllegalArgumentException("points of " + p.length + " and " + q.length + " variables");
        }
    }

    private static void requireSegment(int numVars, long n) {
        if (n < 0 || n > 1L << numVars) {
            throw new IllegalArgumentException(n + " is not in [0, 2^" + numVars + "]");
        }
    }
}
