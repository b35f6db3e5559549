package org.zkml.prover.msm;

import java.math.BigInteger;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.zkml.prover.field.Fq;

/**
 * Fq on several lanes at once: five limbs of 51 bits in doubles, multiplied by fused multiply-add (Gueron and Krasnov, "Fast modular squaring
 * with AVX512IFMA" for the idea of redundant limbs; Emmart, "Faster modular exponentiation using double precision floating point
 * arithmetic on the GPU", ARITH 2018, for the exact halves of a product). Montgomery form with R = 2^255.
 *
 * <p>A vector of elements is {@link #LIMBS} times {@link #LANES} neighbouring doubles, limb {@code j} of element {@code i} at {@code i + LANES j}.
 * Limbs are integers and may be negative. Bounds, q the modulus:
 *
 * <ul>
 *   <li>{@link #mul} takes limbs of at most 2^51 in absolute value, so that each partial product is at most 2^102 and both its halves
 *       are exact; for operands of absolute value A and B it returns an element of absolute value at most A B / R + 0.627 q with
 *       limbs 0 to 3 in [0, 2^51): the four signed digits of at most 2^50 add at most 2^204 k q / 2^256 < 0.127 q after the division by
 *       R, the multiplier of q at most q/2. With q/R below 0.379 a product of operands up to 1.03 q is below 1.03 q again, and so is
 *       every partial product of a chain of them; for operands up to 2 q it is below 2.15 q. The top limb is read
 *       right as long as A B / R + 0.627 q is below 2^255, about 2.64 q.
 *   <li>{@link #subtractAndReduce} and {@link #fromFq} return an element of absolute value below 0.51 q with limbs of at most 2^50.
 *   <li>the difference of two such results has limbs of at most 2^51, and is an operand again; a product is not to be
 *       subtracted from anything before it is reduced.
 * </ul>
 *
 * <p>Lanes never carry into each other. Not constant time.
 */
final class FqLanes {

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    /** Elements a vector. */
    static final int LANES = DOUBLES.length();

    /** Limbs of an element. */
    static final int LIMBS = 5;

    private static final int BITS = 51;
    private static final long MASK = (1L << BITS) - 1;
    private static final long HALF_DIGIT = 1L << (BITS - 1);

    /** Rounds a product to a multiple of 2^51: one unit in the last place of 1.5 * 2^103. */
    private static final double HIGH = 0x1.8p103;

    /** HIGH plus 1.5 * 2^52, so that the low half comes with a unit of 1. */
    private static final double HIGH_AND_LOW = 0x1.8000000000003p103;

    private static final double LOW = 0x1.8p52;
    private static final double TWO_52 = 0x1p52;
    private static final long TWO_52_BITS = Double.doubleToRawLongBits(TWO_52);

    private static final double[] Q = limbsOf(Fq.MODULUS);

    /** -1/q mod 2^51. */
    private static final double MINUS_INVERSE =
            Fq.MODULUS.negate().modInverse(BigInteger.ONE.shiftLeft(BITS)).doubleValue();

    private static final double TOP_INVERSE = Math.scalb(1.0, 4 * BITS) / Fq.MODULUS.doubleValue();

    /** k q + 1 = 2^51 M for the k with k q = -1 mod 2^51, taken below 2^51: M is about 0.254 q. */
    private static final BigInteger ELIMINATOR = Fq.MODULUS
            .multiply(Fq.MODULUS.negate().modInverse(BigInteger.ONE.shiftLeft(BITS)))
            .add(BigInteger.ONE)
            .shiftRight(BITS);

    private static final double[] M = limbsOf(ELIMINATOR);

    // What the accumulators of columns 0 to 9 start from: the bits of HIGH and LOW that the halves bring along are
    // taken away. Columns 0 to 3
    // start 2^50 higher, for signed digits. A column that is shifted out starts 2^63 higher, so that the shift may be a
    // logical one, and its
    // successor 2^12 lower.
    private static final long[] START = starts();

    private static final double[] ZERO = new double[LIMBS * LANES];

    private FqLanes() {}

    private static double[] limbsOf(BigInteger value) {
        final double[] limbs = new double[LIMBS];
        for (int j = 0; j < LIMBS; j++) {
            limbs[j] = value.shiftRight(BITS * j).longValue() & MASK;
        }
        return limbs;
    }

    private static long[] starts() {
        final long[] start = new long[2 * LIMBS];
        final long low = Double.doubleToRawLongBits(LOW);
        final long high = Double.doubleToRawLongBits(HIGH);
        for (int i = 0; i < LIMBS; i++) {
            final int eliminated = i < LIMBS - 1 ? i + 1 : i; // M stands one column higher than q
            for (int j = 0; j < LIMBS; j++) {
                start[i + j] -= low;
                start[i + j + 1] -= high;
                start[eliminated + j] -= low;
                start[eliminated + j + 1] -= high;
            }
        }
        for (int column = 0; column < LIMBS - 1; column++) {
            start[column] += HALF_DIGIT;
        }
        for (int column = 0; column < 2 * LIMBS - 1; column++) {
            start[column] += Long.MIN_VALUE;
            start[column + 1] -= 1L << (63 - BITS);
        }
        return start;
    }

    /**
     * z = x y / R, one vector of elements.
     *
     * <p>Four times the lowest column c is removed by adding c k q: since k q = 2^51 M - 1 that takes c away and adds c M one column higher,
     * without the product that finds Montgomery's multiplier. The fifth time the multiple of q itself is added, so that the result is small.
     *
     * <p>The loop over the limbs of x stays a loop: unrolled by hand the method grows beyond what C2 compiles with intrinsics.
     */
    static void mul(double[] z, int zo, double[] x, int xo, double[] y, int yo) {
        final DoubleVector high = DoubleVector.broadcast(DOUBLES, HIGH);
        final DoubleVector both = DoubleVector.broadcast(DOUBLES, HIGH_AND_LOW);
        final LongVector mask = LongVector.broadcast(LONGS, MASK);
        final LongVector two52Bits = LongVector.broadcast(LONGS, TWO_52_BITS);
        final DoubleVector y0 = DoubleVector.fromArray(DOUBLES, y, yo);
        final DoubleVector y1 = DoubleVector.fromArray(DOUBLES, y, yo + LANES);
        final DoubleVector y2 = DoubleVector.fromArray(DOUBLES, y, yo + 2 * LANES);
        final DoubleVector y3 = DoubleVector.fromArray(DOUBLES, y, yo + 3 * LANES);
        final DoubleVector y4 = DoubleVector.fromArray(DOUBLES, y, yo + 4 * LANES);
        LongVector c0 = LongVector.broadcast(LONGS, START[0]);
        LongVector c1 = LongVector.broadcast(LONGS, START[1]);
        LongVector c2 = LongVector.broadcast(LONGS, START[2]);
        LongVector c3 = LongVector.broadcast(LONGS, START[3]);
        LongVector c4 = LongVector.broadcast(LONGS, START[4]);
        LongVector c5 = LongVector.zero(LONGS);
        DoubleVector a;
        DoubleVector h;
        DoubleVector m;
        for (int i = 0; i < LIMBS - 1; i++) {
            a = DoubleVector.fromArray(DOUBLES, x, xo + i * LANES);
            h = a.fma(y0, high);
            c0 = c0.add(a.fma(y0, both.sub(h)).reinterpretAsLongs());
            c1 = c1.add(h.reinterpretAsLongs());
            m = c0.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52 + HALF_DIGIT);
            h = a.fma(y1, high);
            c1 = c1.add(a.fma(y1, both.sub(h)).reinterpretAsLongs());
            c2 = c2.add(h.reinterpretAsLongs());
            h = a.fma(y2, high);
            c2 = c2.add(a.fma(y2, both.sub(h)).reinterpretAsLongs());
            c3 = c3.add(h.reinterpretAsLongs());
            h = a.fma(y3, high);
            c3 = c3.add(a.fma(y3, both.sub(h)).reinterpretAsLongs());
            c4 = c4.add(h.reinterpretAsLongs());
            h = a.fma(y4, high);
            c4 = c4.add(a.fma(y4, both.sub(h)).reinterpretAsLongs());
            c5 = c5.add(h.reinterpretAsLongs());
            c1 = c1.add(c0.lanewise(VectorOperators.LSHR, BITS));
            h = m.fma(DoubleVector.broadcast(DOUBLES, M[0]), high);
            c0 = c1.add(
                    m.fma(DoubleVector.broadcast(DOUBLES, M[0]), both.sub(h)).reinterpretAsLongs());
            c1 = c2.add(h.reinterpretAsLongs());
            h = m.fma(DoubleVector.broadcast(DOUBLES, M[1]), high);
            c1 = c1.add(
                    m.fma(DoubleVector.broadcast(DOUBLES, M[1]), both.sub(h)).reinterpretAsLongs());
            c2 = c3.add(h.reinterpretAsLongs());
            h = m.fma(DoubleVector.broadcast(DOUBLES, M[2]), high);
            c2 = c2.add(
                    m.fma(DoubleVector.broadcast(DOUBLES, M[2]), both.sub(h)).reinterpretAsLongs());
            c3 = c4.add(h.reinterpretAsLongs());
            h = m.fma(DoubleVector.broadcast(DOUBLES, M[3]), high);
            c3 = c3.add(
                    m.fma(DoubleVector.broadcast(DOUBLES, M[3]), both.sub(h)).reinterpretAsLongs());
            c4 = c5.add(h.reinterpretAsLongs());
            h = m.fma(DoubleVector.broadcast(DOUBLES, M[4]), high);
            c4 = c4.add(
                    m.fma(DoubleVector.broadcast(DOUBLES, M[4]), both.sub(h)).reinterpretAsLongs());
            c5 = h.reinterpretAsLongs();
        }
        a = DoubleVector.fromArray(DOUBLES, x, xo + 4 * LANES);
        h = a.fma(y0, high);
        c0 = c0.add(a.fma(y0, both.sub(h)).reinterpretAsLongs());
        c1 = c1.add(h.reinterpretAsLongs());
        h = a.fma(y1, high);
        c1 = c1.add(a.fma(y1, both.sub(h)).reinterpretAsLongs());
        c2 = c2.add(h.reinterpretAsLongs());
        h = a.fma(y2, high);
        c2 = c2.add(a.fma(y2, both.sub(h)).reinterpretAsLongs());
        c3 = c3.add(h.reinterpretAsLongs());
        h = a.fma(y3, high);
        c3 = c3.add(a.fma(y3, both.sub(h)).reinterpretAsLongs());
        c4 = c4.add(h.reinterpretAsLongs());
        h = a.fma(y4, high);
        c4 = c4.add(a.fma(y4, both.sub(h)).reinterpretAsLongs());
        c5 = c5.add(h.reinterpretAsLongs());
        // m = -c0 / q mod 2^51, signed, so that c0 + m q is a multiple of 2^51
        a = c0.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52);
        h = a.fma(DoubleVector.broadcast(DOUBLES, MINUS_INVERSE), high);
        m = a.fma(DoubleVector.broadcast(DOUBLES, MINUS_INVERSE), high.sub(h));
        h = m.fma(DoubleVector.broadcast(DOUBLES, Q[0]), high);
        c0 = c0.add(m.fma(DoubleVector.broadcast(DOUBLES, Q[0]), both.sub(h)).reinterpretAsLongs());
        c1 = c1.add(h.reinterpretAsLongs()).add(START[5]).add(c0.lanewise(VectorOperators.LSHR, BITS));
        h = m.fma(DoubleVector.broadcast(DOUBLES, Q[1]), high);
        c1 = c1.add(m.fma(DoubleVector.broadcast(DOUBLES, Q[1]), both.sub(h)).reinterpretAsLongs());
        c2 = c2.add(h.reinterpretAsLongs());
        h = m.fma(DoubleVector.broadcast(DOUBLES, Q[2]), high);
        c2 = c2.add(m.fma(DoubleVector.broadcast(DOUBLES, Q[2]), both.sub(h)).reinterpretAsLongs());
        c3 = c3.add(h.reinterpretAsLongs());
        h = m.fma(DoubleVector.broadcast(DOUBLES, Q[3]), high);
        c3 = c3.add(m.fma(DoubleVector.broadcast(DOUBLES, Q[3]), both.sub(h)).reinterpretAsLongs());
        c4 = c4.add(h.reinterpretAsLongs());
        h = m.fma(DoubleVector.broadcast(DOUBLES, Q[4]), high);
        c4 = c4.add(m.fma(DoubleVector.broadcast(DOUBLES, Q[4]), both.sub(h)).reinterpretAsLongs());
        c5 = c5.add(h.reinterpretAsLongs());
        toDoubles(c1.and(mask), two52Bits).intoArray(z, zo);
        c2 = c2.add(START[6]).add(c1.lanewise(VectorOperators.LSHR, BITS));
        toDoubles(c2.and(mask), two52Bits).intoArray(z, zo + LANES);
        c3 = c3.add(START[7]).add(c2.lanewise(VectorOperators.LSHR, BITS));
        toDoubles(c3.and(mask), two52Bits).intoArray(z, zo + 2 * LANES);
        c4 = c4.add(START[8]).add(c3.lanewise(VectorOperators.LSHR, BITS));
        toDoubles(c4.and(mask), two52Bits).intoArray(z, zo + 3 * LANES);
        // the top limb is signed and small: read it beside 1.5 * 2^52
        c5 = c5.add(START[9] + Double.doubleToRawLongBits(LOW)).add(c4.lanewise(VectorOperators.LSHR, BITS));
        c5.reinterpretAsDoubles().sub(LOW).intoArray(z, zo + 4 * LANES);
    }

    private static DoubleVector toDoubles(LongVector bits, LongVector two52Bits) {
        return bits.or(two52Bits).reinterpretAsDoubles().sub(TWO_52);
    }

    /** z = x - y limb by limb. */
    static void subtract(double[] z, int zo, double[] x, int xo, double[] y, int yo) {
        for (int j = 0; j < LIMBS; j++) {
            DoubleVector.fromArray(DOUBLES, x, xo + j * LANES)
                    .sub(DoubleVector.fromArray(DOUBLES, y, yo + j * LANES))
                    .intoArray(z, zo + j * LANES);
        }
    }

    /** z reduced in place. */
    static void reduce(double[] z, int zo) {
        subtractAndReduce(z, zo, z, zo, ZERO, 0, ZERO, 0);
    }

    /** z = x - y, reduced: {@link #subtractAndReduce(double[], int, double[], int, double[], int, double[], int)} with one operand less. */
    static void subtractAndReduce(double[] z, int zo, double[] x, int xo, double[] y, int yo) {
        subtractAndReduce(z, zo, x, xo, y, yo, ZERO, 0);
    }

    /**
     * z = x - y - w reduced: the nearest multiple of q by the top limb is taken away, and limbs are carried to the nearest. Takes a difference of
     * absolute value up to 2.4 q with limbs up to 2^52: then the multiple is at most 2, and since no limb of q is above 0.76 * 2^51, all sums
     * are below 2^53 and exact.
     */
    static void subtractAndReduce(double[] z, int zo, double[] x, int xo, double[] y, int yo, double[] w, int wo) {
        final DoubleVector round = DoubleVector.broadcast(DOUBLES, LOW);
        final DoubleVector top = difference(x, xo + 4 * LANES, y, yo + 4 * LANES, w, wo + 4 * LANES);
        final DoubleVector multiple = top.mul(TOP_INVERSE).add(round).sub(round).neg();
        DoubleVector carry = DoubleVector.zero(DOUBLES);
        for (int j = 0; j < LIMBS - 1; j++) {
            final DoubleVector difference = difference(x, xo + j * LANES, y, yo + j * LANES, w, wo + j * LANES);
            final DoubleVector v = multiple.fma(DoubleVector.broadcast(DOUBLES, Q[j]), difference)
                    .add(carry);
            carry = v.fma(DoubleVector.broadcast(DOUBLES, 0x1p-51), round).sub(round);
            carry.fma(DoubleVector.broadcast(DOUBLES, -0x1p51), v).intoArray(z, zo + j * LANES);
        }
        multiple.fma(DoubleVector.broadcast(DOUBLES, Q[4]), top).add(carry).intoArray(z, zo + 4 * LANES);
    }

    private static DoubleVector difference(double[] x, int xo, double[] y, int yo, double[] w, int wo) {
        return DoubleVector.fromArray(DOUBLES, x, xo)
                .sub(DoubleVector.fromArray(DOUBLES, y, yo))
                .sub(DoubleVector.fromArray(DOUBLES, w, wo));
    }

    private static final long[] HALF = half();
    private static final long[] MODULUS_LIMBS = {
        (long) Q[0] | (long) Q[1] << 51,
        (long) Q[1] >>> 13 | (long) Q[2] << 38,
        (long) Q[2] >>> 26 | (long) Q[3] << 25,
        (long) Q[3] >>> 39 | (long) Q[4] << 12
    };

    private static long[] half() {
        final long[] half = new long[Fq.LIMBS];
        Fq.fromLong(half, 0, 2);
        Fq.inverse(half, 0, half, 0);
        return half;
    }

    /**
     * Writes a 64-bit Montgomery element (R = 2^256) as five limbs at stride zs, of absolute value below 0.51 q and limbs of at most 2^50; t
     * holds four longs.
     */
    static void fromFq(double[] z, int zo, int zs, long[] x, int xo, long[] t) {
        Fq.mul(t, 0, x, xo, HALF, 0);
        final long top = t[3] >>> 12;
        final boolean upper = top > (long) Q[4] >> 1;
        long carry = 0;
        for (int j = 0; j < LIMBS - 1; j++) {
            final int bit = BITS * j;
            long limb = t[bit >> 6] >>> (bit & 63);
            if ((bit & 63) > 64 - BITS) {
                limb |= t[(bit >> 6) + 1] << (64 - (bit & 63));
            }
            limb = (limb & MASK) + carry - (upper ? (long) Q[j] : 0);
            carry = (limb + (1L << BITS - 1)) >> BITS;
            z[zo + j * zs] = limb - (carry << BITS);
        }
        z[zo + 4 * zs] = top + carry - (upper ? (long) Q[4] : 0);
    }

    /** Reads five limbs of an element of absolute value below q as a 64-bit Montgomery element. */
    static void toFq(long[] z, int zo, double[] x, int xo, int xs) {
        long l0 = (long) x[xo] + (long) Q[0];
        long l1 = (long) x[xo + xs] + (long) Q[1] + (l0 >> BITS);
        long l2 = (long) x[xo + 2 * xs] + (long) Q[2] + (l1 >> BITS);
        long l3 = (long) x[xo + 3 * xs] + (long) Q[3] + (l2 >> BITS);
        final long l4 = (long) x[xo + 4 * xs] + (long) Q[4] + (l3 >> BITS);
        l0 &= MASK;
        l1 &= MASK;
        l2 &= MASK;
        l3 &= MASK;
        z[zo] = l0 | l1 << 51;
        z[zo + 1] = l1 >>> 13 | l2 << 38;
        z[zo + 2] = l2 >>> 26 | l3 << 25;
        z[zo + 3] = l3 >>> 39 | l4 << 12;
        Fq.sub(z, zo, z, zo, MODULUS_LIMBS, 0); // from (0, 2 q) to [0, q): the kernel adds q back below zero
        Fq.add(z, zo, z, zo, z, zo);
    }
}
