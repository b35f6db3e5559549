package org.zkml.prover.curve;

import java.util.List;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/**
 * {@code sum scalars[i] points[i]} for the few dozen points of one proof, where buckets do not pay. Scalars are split by the {@link Endomorphism}, the halves written in digits of width 5
 * that are odd or 0, one in six not 0 (Solinas, "Efficient arithmetic on Koblitz curves", section 5.2), all points go through one chain of doublings (Straus, 1964). What is added
 * between two doublings is known beforehand: the sums of all digit places are taken at once as binary trees, with affine additions that share their inversions. About 340 products in Fq a
 * point and 2,400 in all. Not constant time.
 */
public final class LinearCombination {

    private static final int WIDTH = 5;
    private static final int ODD = 1 << (WIDTH - 2); // multiples 1, 3, .. 15 of a point
    private static final int PLACES = Endomorphism.HALF_BITS + 1;
    private static final int P = G1Affine.LIMBS;

    private final int count;
    /** For every point its odd multiples, then their images under the endomorphism. */
    private final long[] multiples;
    /** For every place the multiples to add: twice the index, one more if it is subtracted. */
    private final int[][] terms;

    private final int[] size = new int[PLACES];

    private LinearCombination(int count) {
        this.count = count;
        this.multiples = new long[2 * ODD * P * count];
        this.terms = new int[PLACES][2 * count];
    }

    /** @throws IllegalArgumentException if the lists differ in length */
    public static G1Jacobian of(List<G1Affine> points, List<Scalar> scalars) {
        if (points.size() != scalars.size()) {
            throw new IllegalArgumentException(points.size() + " points and " + scalars.size() + " scalars");
        }
        final List<G1Affine> finite =
                points.stream().filter(point -> !point.isInfinity()).toList();
        final LinearCombination sum = new LinearCombination(finite.size());
        sum.tabulate(finite);
        final Endomorphism endomorphism = new Endomorphism();
        int next = 0;
        for (int i = 0; i < points.size(); i++) {
            if (!points.get(i).isInfinity()) {
                sum.recode(endomorphism, next++, scalars.get(i));
            }
        }
        return sum.value();
    }

    /** Exact without special cases: odd multiples below 16 of a point of order r are neither infinity nor plus or minus its double. */
    private void tabulate(List<G1Affine> points) {
        final AffineAdditions additions = new AffineAdditions(count);
        final long[] twos = new long[P * count];
        for (int i = 0; i < count; i++) {
            final long[] point = points.get(i).limbs();
            System.arraycopy(point, 0, multiples, multiple(i, 0), P);
            additions.announce(point, 0, point, 0);
        }
        additions.invert();
        for (int i = 0; i < count; i++) {
            final long[] point = points.get(i).limbs();
            additions.take(twos, P * i, point, 0, point, 0);
        }
        for (int k = 1; k < ODD; k++) {
            for (int i = 0; i < count; i++) {
                additions.announce(multiples, multiple(i, k - 1), twos, P * i);
            }
            additions.invert();
            for (int i = 0; i < count; i++) {
                additions.take(multiples, multiple(i, k), multiples, multiple(i, k - 1), twos, P * i);
            }
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(multiples, multiple(i, 0), multiples, multiple(i, ODD), P * ODD);
            for (int k = ODD; k < 2 * ODD; k++) {
                Endomorphism.apply(multiples, multiple(i, k));
            }
        }
    }

    private static int multiple(int point, int k) {
        return P * (2 * ODD * point + k);
    }

    private void recode(Endomorphism endomorphism, int point, Scalar scalar) {
        final long[] canonical = new long[Fr.LIMBS];
        final long[] halves = new long[2 * Endomorphism.HALF_LIMBS];
        Fr.toCanonical(canonical, 0, scalar.limbs(), 0);
        final int signs = endomorphism.split(canonical, 0, halves, 0);
        recode(halves[0], halves[1], 2 * ODD * point, signs & 1);
        recode(halves[2], halves[3], 2 * ODD * point + ODD, signs >> 1);
    }

    /** The digits of one half; adding at most 15 to what is below 2^127 leaves it below 2^128. */
    private void recode(long low, long high, int first, int sign) {
        long lo = low;
        long hi = high;
        int place = 0;
        while ((lo | hi) != 0) {
            final int zeros = lo != 0 ? Long.numberOfTrailingZeros(lo) : 64;
            if (zeros == 64) {
                lo = hi;
                hi = 0;
                place += 64;
                continue;
            }
            if (zeros > 0) {
                lo = lo >>> zeros | hi << (64 - zeros);
                hi >>>= zeros;
                place += zeros;
            }
            final int low5 = (int) lo & ((1 << WIDTH) - 1);
            final int digit = low5 < 1 << (WIDTH - 1) ? low5 : low5 - (1 << WIDTH);
            terms[place][size[place]++] = 2 * (first + (Math.abs(digit) >> 1)) + (sign ^ (digit >>> 31));
            lo -= digit;
            if (digit < 0 && Long.compareUnsigned(lo, -digit) < 0) {
                hi++;
            }
        }
    }

    private G1Jacobian value() {
        final long[][] sums = new long[PLACES][];
        int all = 0;
        for (int place = 0; place < PLACES; place++) {
            sums[place] = new long[P * Math.max(1, size[place])];
            for (int j = 0; j < size[place]; j++) {
                final int term = terms[place][j];
                System.arraycopy(multiples, P * (term >> 1), sums[place], P * j, P);
                if ((term & 1) != 0) {
                    Fq.neg(sums[place], P * j + Fq.LIMBS, sums[place], P * j + Fq.LIMBS);
                }
            }
            all += size[place];
        }
        final AffineAdditions additions = new AffineAdditions(all / 2 + 1);
        while (halve(sums, additions)) {}
        final G1Jacobian result = new G1Jacobian();
        for (int place = PLACES - 1; place >= 0; place--) {
            result.twice();
            result.addAffine(sums[place], 0);
        }
        return result;
    }

    /** Adds neighbours in every place; false if no place had two points left. */
    private boolean halve(long[][] sums, AffineAdditions additions) {
        boolean any = false;
        for (int place = 0; place < PLACES; place++) {
            for (int j = 0; j + 1 < size[place]; j += 2) {
                additions.announce(sums[place], P * j, sums[place], P * j + P);
                any = true;
            }
        }
        if (!any) {
            return false;
        }
        additions.invert();
        for (int place = 0; place < PLACES; place++) {
            final long[] points = sums[place];
            for (int j = 0; j + 1 < size[place]; j += 2) {
                additions.take(points, P * (j / 2), points, P * j, points, P * j + P);
            }
            if ((size[place] & 1) != 0) {
                System.arraycopy(points, P * (size[place] - 1), points, P * (size[place] / 2), P);
            }
            size[place] = (size[place] + 1) / 2;
        }
        return true;
    }
}
