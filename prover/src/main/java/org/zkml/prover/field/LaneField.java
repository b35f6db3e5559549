package org.zkml.prover.field;

import java.math.BigInteger;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A prime field of 254 bits on several lanes at once: five limbs of 51 bits in doubles, multiplied by fused multiply-add (Emmart, "Faster modular
 * exponentiation using double precision floating point arithmetic on the GPU", ARITH 2018, for the exact halves of a product; Gueron and
 * Krasnov, "Fast modular squaring with AVX512IFMA", for redundant limbs). Montgomery form with R = 2^255. Kernels on flat arrays, safe for several
 * threads, not constant time: never hold a signing key in it.
 *
 * <p>A block is {@link #LANES} elements in {@link #BLOCK} doubles: limb j of its element i at {@code i + LANES j}. Every kernel works on
 * {@code count} blocks; an operand is its array, the place of its first block, and the step from a block to the next: BLOCK for neighbours, 0 to
 * use one block for all. A result may overwrite operands of the same place, and blocks are done in order.
 *
 * <p>Limbs are integers and may be negative. What each kernel takes and gives is written at it; p is the modulus. docs/field-arithmetic.md has
 * the proofs.
 */
public final class LaneField {

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    /** Elements of a block. */
    public static final int LANES = DOUBLES.length();

    /** Limbs of an element. */
    public static final int LIMBS = 5;

    /** Doubles of a block. */
    public static final int BLOCK = LIMBS * LANES;

    /** R. */
    public static final BigInteger RADIX = BigInteger.ONE.shiftLeft(255);

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

    // What the accumulators of columns 0 to 9 start from: the bits of HIGH and LOW that the halves bring along are
    // taken away. Columns 0 to 3 start 2^50 higher, for signed digits. A column that is shifted out starts 2^63
    // higher, so that the shift may be a logical one, and its successor 2^12 lower.
    private static final long[] START = starts();
    private static final long START_0 = START[0];
    private static final long START_1 = START[1];
    private static final long START_2 = START[2];
    private static final long START_3 = START[3];
    private static final long START_4 = START[4];
    private static final long START_5 = START[5];
    private static final long START_6 = START[6];
    private static final long START_7 = START[7];
    private static final long START_8 = START[8];
    private static final long START_9 = START[9] + Double.doubleToRawLongBits(LOW);

    /** The field of the curve's coordinates. */
    public static final LaneField FQ = new LaneField(Fq.MODULUS);

    /** The field of the scalars. */
    public static final LaneField FR = new LaneField(Fr.MODULUS);

    private final double p0;
    private final double p1;
    private final double p2;
    private final double p3;
    private final double p4;
    /** -1/p mod 2^51. */
    private final double minusInverse;
    // k p + 1 = 2^51 M for the k with k p = -1 mod 2^51, taken below 2^51; M is about a quarter of p for both fields.
    private final double m0;
    private final double m1;
    private final double m2;
    private final double m3;
    private final double m4;
    /** 2^204 / p. */
    private final double topInverse;

    private final BigInteger modulus;
    private final long q0; // p in limbs of 64 bits
    private final long q1;
    private final long q2;
    private final long q3;
    private final double[] one; // the integers 1 and 2 R
    private final double[] twiceRadix;

    private LaneField(BigInteger modulus) {
        final BigInteger k = modulus.negate().modInverse(BigInteger.ONE.shiftLeft(BITS));
        final double[] p = limbsOf(modulus);
        p0 = p[0];
        p1 = p[1];
        p2 = p[2];
        p3 = p[3];
        p4 = p[4];
        minusInverse = k.doubleValue();
        final double[] m = limbsOf(modulus.multiply(k).add(BigInteger.ONE).shiftRight(BITS));
        m0 = m[0];
        m1 = m[1];
        m2 = m[2];
        m3 = m[3];
        m4 = m[4];
        topInverse = Math.scalb(1.0, 4 * BITS) / modulus.doubleValue();
        this.modulus = modulus;
        q0 = modulus.longValue();
        q1 = modulus.shiftRight(64).longValue();
        q2 = modulus.shiftRight(128).longValue();
        q3 = modulus.shiftRight(192).longValue();
        one = filled(BigInteger.ONE);
        twiceRadix = filled(RADIX.shiftLeft(1));
    }

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
            final int eliminated = i < LIMBS - 1 ? i + 1 : i; // M stands one column higher than p
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

    /** Blocks for that many elements. */
    public static int blocks(int elements) {
        return (elements + LANES - 1) / LANES;
    }

    /** Where element i of neighbouring blocks has its lowest limb; the others follow LANES apart. */
    public static int place(int i) {
        return i / LANES * BLOCK + i % LANES;
    }

    /**
     * z = x y / R. Takes limbs of at most 2^51 in absolute value and values up to 2 p; gives limbs 0 to 3 in [0, 2^51) and, for values of x and y up
     * to A and B, a value up to A B / R + 0.627 p: below 1.03 p for operands up to 1.03 p, and below 2.15 p always.
     *
     * <p>Four times the signed digit c of the lowest column is removed by adding c k p: since k p = 2^51 M - 1 that takes c away and adds c M one
     * column higher, without the product that finds Montgomery's multiplier. The fifth time the multiple of p itself is added, so that the result is small.
     *
     * <p>The code is short on purpose: C2 stops to inline vector operations in longer methods, and then boxes every vector. So the loop over the limbs of
     * x stays a loop with its way out in the middle, and nothing is put into methods of its own.
     */
    public void mul(double[] z, int zo, int zs, double[] x, int xo, int xs, double[] y, int yo, int ys, int count) {
        final DoubleVector high = DoubleVector.broadcast(DOUBLES, HIGH);
        final DoubleVector both = DoubleVector.broadcast(DOUBLES, HIGH_AND_LOW);
        final LongVector mask = LongVector.broadcast(LONGS, MASK);
        final LongVector two52Bits = LongVector.broadcast(LONGS, TWO_52_BITS);
        final DoubleVector em0 = DoubleVector.broadcast(DOUBLES, m0);
        final DoubleVector em1 = DoubleVector.broadcast(DOUBLES, m1);
        final DoubleVector em2 = DoubleVector.broadcast(DOUBLES, m2);
        final DoubleVector em3 = DoubleVector.broadcast(DOUBLES, m3);
        final DoubleVector em4 = DoubleVector.broadcast(DOUBLES, m4);
        final DoubleVector ep0 = DoubleVector.broadcast(DOUBLES, p0);
        final DoubleVector ep1 = DoubleVector.broadcast(DOUBLES, p1);
        final DoubleVector ep2 = DoubleVector.broadcast(DOUBLES, p2);
        final DoubleVector ep3 = DoubleVector.broadcast(DOUBLES, p3);
        final DoubleVector ep4 = DoubleVector.broadcast(DOUBLES, p4);
        for (int block = 0; block < count; block++) {
            final int xb = xo + block * xs;
            final int yb = yo + block * ys;
            final int zb = zo + block * zs;
            final DoubleVector y0 = DoubleVector.fromArray(DOUBLES, y, yb);
            final DoubleVector y1 = DoubleVector.fromArray(DOUBLES, y, yb + LANES);
            final DoubleVector y2 = DoubleVector.fromArray(DOUBLES, y, yb + 2 * LANES);
            final DoubleVector y3 = DoubleVector.fromArray(DOUBLES, y, yb + 3 * LANES);
            final DoubleVector y4 = DoubleVector.fromArray(DOUBLES, y, yb + 4 * LANES);
            LongVector c0 = LongVector.broadcast(LONGS, START_0);
            LongVector c1 = LongVector.broadcast(LONGS, START_1);
            LongVector c2 = LongVector.broadcast(LONGS, START_2);
            LongVector c3 = LongVector.broadcast(LONGS, START_3);
            LongVector c4 = LongVector.broadcast(LONGS, START_4);
            LongVector c5 = LongVector.zero(LONGS);
            LongVector t;
            DoubleVector h;
            DoubleVector m;
            for (int i = 0; ; i++) {
                final DoubleVector a = DoubleVector.fromArray(DOUBLES, x, xb + i * LANES);
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
                if (i == LIMBS - 1) {
                    break;
                }
                m = c0.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52 + HALF_DIGIT);
                c1 = c1.add(c0.lanewise(VectorOperators.LSHR, BITS));
                h = m.fma(em0, high);
                c0 = c1.add(m.fma(em0, both.sub(h)).reinterpretAsLongs());
                t = c2.add(h.reinterpretAsLongs());
                h = m.fma(em1, high);
                c1 = t.add(m.fma(em1, both.sub(h)).reinterpretAsLongs());
                t = c3.add(h.reinterpretAsLongs());
                h = m.fma(em2, high);
                c2 = t.add(m.fma(em2, both.sub(h)).reinterpretAsLongs());
                t = c4.add(h.reinterpretAsLongs());
                h = m.fma(em3, high);
                c3 = t.add(m.fma(em3, both.sub(h)).reinterpretAsLongs());
                t = c5.add(h.reinterpretAsLongs());
                h = m.fma(em4, high);
                c4 = t.add(m.fma(em4, both.sub(h)).reinterpretAsLongs());
                c5 = h.reinterpretAsLongs();
            }
            // m = -c0 / p mod 2^51, signed, so that c0 + m p is a multiple of 2^51
            m = c0.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52);
            h = m.fma(DoubleVector.broadcast(DOUBLES, minusInverse), high);
            m = m.fma(DoubleVector.broadcast(DOUBLES, minusInverse), high.sub(h));
            h = m.fma(ep0, high);
            c0 = c0.add(m.fma(ep0, both.sub(h)).reinterpretAsLongs());
            c1 = c1.add(h.reinterpretAsLongs());
            h = m.fma(ep1, high);
            c1 = c1.add(m.fma(ep1, both.sub(h)).reinterpretAsLongs());
            c2 = c2.add(h.reinterpretAsLongs());
            h = m.fma(ep2, high);
            c2 = c2.add(m.fma(ep2, both.sub(h)).reinterpretAsLongs());
            c3 = c3.add(h.reinterpretAsLongs());
            h = m.fma(ep3, high);
            c3 = c3.add(m.fma(ep3, both.sub(h)).reinterpretAsLongs());
            c4 = c4.add(h.reinterpretAsLongs());
            h = m.fma(ep4, high);
            c4 = c4.add(m.fma(ep4, both.sub(h)).reinterpretAsLongs());
            c5 = c5.add(h.reinterpretAsLongs());
            c1 = c1.add(START_5).add(c0.lanewise(VectorOperators.LSHR, BITS));
            c1.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52).intoArray(z, zb);
            c2 = c2.add(START_6).add(c1.lanewise(VectorOperators.LSHR, BITS));
            c2.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52).intoArray(z, zb + LANES);
            c3 = c3.add(START_7).add(c2.lanewise(VectorOperators.LSHR, BITS));
            c3.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52).intoArray(z, zb + 2 * LANES);
            c4 = c4.add(START_8).add(c3.lanewise(VectorOperators.LSHR, BITS));
            c4.and(mask).or(two52Bits).reinterpretAsDoubles().sub(TWO_52).intoArray(z, zb + 3 * LANES);
            c5 = c5.add(START_9).add(c4.lanewise(VectorOperators.LSHR, BITS));
            c5.reinterpretAsDoubles().sub(LOW).intoArray(z, zb + 4 * LANES);
        }
    }

    /** z = x - y limb by limb; an operand of {@link #mul} if x and y are reduced. */
    public void subtract(double[] z, int zo, double[] x, int xo, double[] y, int yo, int count) {
        for (int i = 0; i < count * BLOCK; i += LANES) {
            DoubleVector.fromArray(DOUBLES, x, xo + i)
                    .sub(DoubleVector.fromArray(DOUBLES, y, yo + i))
                    .intoArray(z, zo + i);
        }
    }

    /** z = x + factor y, reduced: {@link #combine(double[], int, int, double[], int, int, double, double[], int, int, double, double[], int, int, int)} without w. */
    public void combine(
            double[] z,
            int zo,
            int zs,
            double[] x,
            int xo,
            int xs,
            double factor,
            double[] y,
            int yo,
            int ys,
            int count) {
        combine(z, zo, zs, x, xo, xs, factor, y, yo, ys, 0, y, yo, ys, count);
    }

    /**
     * z = x + f y + g w with f and g 1, 0 or -1, reduced: limbs of at most 2^50 and values below 0.51 p in absolute value. Takes a result of absolute value up
     * to 2.4 p with limbs up to 2^52: a product and two reduced elements, or two products, all products up to 1.03 p.
     *
     * <p>The multiple of p that is nearest by the top limb is taken away, and limbs are carried to the nearest.
     */
    public void combine(
            double[] z,
            int zo,
            int zs,
            double[] x,
            int xo,
            int xs,
            double f,
            double[] y,
            int yo,
            int ys,
            double g,
            double[] w,
            int wo,
            int ws,
            int count) {
        final DoubleVector round = DoubleVector.broadcast(DOUBLES, LOW);
        for (int block = 0; block < count; block++) {
            final int xb = xo + block * xs;
            final int yb = yo + block * ys;
            final int wb = wo + block * ws;
            final int zb = zo + block * zs;
            final DoubleVector top = sum(x, xb + 4 * LANES, f, y, yb + 4 * LANES, g, w, wb + 4 * LANES);
            final DoubleVector multiple =
                    top.mul(topInverse).add(round).sub(round).neg();
            DoubleVector v = multiple.fma(DoubleVector.broadcast(DOUBLES, p0), sum(x, xb, f, y, yb, g, w, wb));
            DoubleVector carry =
                    v.fma(DoubleVector.broadcast(DOUBLES, 0x1p-51), round).sub(round);
            final DoubleVector limb0 = carry.fma(DoubleVector.broadcast(DOUBLES, -0x1p51), v);
            v = multiple.fma(
                            DoubleVector.broadcast(DOUBLES, p1), sum(x, xb + LANES, f, y, yb + LANES, g, w, wb + LANES))
                    .add(carry);
            carry = v.fma(DoubleVector.broadcast(DOUBLES, 0x1p-51), round).sub(round);
            final DoubleVector limb1 = carry.fma(DoubleVector.broadcast(DOUBLES, -0x1p51), v);
            v = multiple.fma(
                            DoubleVector.broadcast(DOUBLES, p2),
                            sum(x, xb + 2 * LANES, f, y, yb + 2 * LANES, g, w, wb + 2 * LANES))
                    .add(carry);
            carry = v.fma(DoubleVector.broadcast(DOUBLES, 0x1p-51), round).sub(round);
            final DoubleVector limb2 = carry.fma(DoubleVector.broadcast(DOUBLES, -0x1p51), v);
            v = multiple.fma(
                            DoubleVector.broadcast(DOUBLES, p3),
                            sum(x, xb + 3 * LANES, f, y, yb + 3 * LANES, g, w, wb + 3 * LANES))
                    .add(carry);
            carry = v.fma(DoubleVector.broadcast(DOUBLES, 0x1p-51), round).sub(round);
            carry.fma(DoubleVector.broadcast(DOUBLES, -0x1p51), v).intoArray(z, zb + 3 * LANES);
            multiple.fma(DoubleVector.broadcast(DOUBLES, p4), top).add(carry).intoArray(z, zb + 4 * LANES);
            limb0.intoArray(z, zb);
            limb1.intoArray(z, zb + LANES);
            limb2.intoArray(z, zb + 2 * LANES);
        }
    }

    private static DoubleVector sum(double[] x, int xo, double f, double[] y, int yo, double g, double[] w, int wo) {
        return DoubleVector.fromArray(DOUBLES, w, wo)
                .fma(
                        DoubleVector.broadcast(DOUBLES, g),
                        DoubleVector.fromArray(DOUBLES, y, yo)
                                .fma(DoubleVector.broadcast(DOUBLES, f), DoubleVector.fromArray(DOUBLES, x, xo)));
    }

    /** A block that has the integer, taken modulo p, in every lane. */
    public double[] filled(BigInteger integer) {
        final double[] limbs = limbsOf(integer.mod(modulus));
        final double[] block = new double[BLOCK];
        for (int j = 0; j < LIMBS; j++) {
            Arrays.fill(block, j * LANES, (j + 1) * LANES, limbs[j]);
        }
        return block;
    }

    /**
     * Writes elements in 64-bit Montgomery form (R = 2^256, below p) to neighbouring blocks, reduced; lanes that are left over in the last one become 0.
     */
    public void fromMontgomery(double[] z, int zo, long[] x, int xo, int count) {
        final int blocks = blocks(count);
        Arrays.fill(z, zo + (blocks - 1) * BLOCK, zo + blocks * BLOCK, 0);
        for (int i = 0; i < count; i++) {
            halve(z, zo + place(i), x, xo + Fr.LIMBS * i);
        }
    }

    /** Reads elements of absolute value up to 1.03 p from neighbouring blocks to 64-bit Montgomery form. */
    public void toMontgomery(long[] z, int zo, double[] x, int xo, int count) {
        join(z, zo, x, xo, twiceRadix, count);
    }

    /** Reads elements of absolute value up to 1.03 p from neighbouring blocks to 64-bit limbs of integers below p, not in Montgomery form. */
    public void toCanonical(long[] z, int zo, double[] x, int xo, int count) {
        join(z, zo, x, xo, one, count);
    }

    private void join(long[] z, int zo, double[] x, int xo, double[] factor, int count) {
        final double[] t = new double[BLOCK * blocks(count)];
        mul(t, 0, BLOCK, x, xo, BLOCK, factor, 0, 0, blocks(count));
        combine(t, 0, BLOCK, t, 0, BLOCK, 0, t, 0, BLOCK, blocks(count));
        for (int i = 0; i < count; i++) {
            join(z, zo + Fr.LIMBS * i, t, place(i));
        }
    }

    /**
     * Writes x / 2 for 64-bit limbs of an integer x below p: half of x or of x - p, whichever is even, in reduced limbs. From one Montgomery form to the other that is all; without
     * vectors, so that what is read first need not wait until they are compiled.
     */
    private void halve(double[] z, int zo, long[] x, int xo) {
        final long odd = -(x[xo] & 1);
        final long s0 = q0 & odd;
        final long s1 = q1 & odd;
        final long s2 = q2 & odd;
        final long x0 = x[xo] - s0;
        final long b1 = borrow(x[xo], s0, x0);
        final long x1 = x[xo + 1] - s1 - b1;
        final long b2 = borrow(x[xo + 1], s1, x1);
        final long x2 = x[xo + 2] - s2 - b2;
        final long x3 = x[xo + 3] - (q3 & odd) - borrow(x[xo + 2], s2, x2);
        // the bits of x / 2 from 51 j on; the highest limb has the sign
        final long l0 = x0 >>> 1 & MASK;
        final long l1 = (x0 >>> 52 | x1 << 12) & MASK;
        final long l2 = (x1 >>> 39 | x2 << 25) & MASK;
        final long l3 = (x2 >>> 26 | x3 << 38) & MASK;
        final long c0 = l0 + HALF_DIGIT >> BITS;
        final long c1 = l1 + c0 + HALF_DIGIT >> BITS;
        final long c2 = l2 + c1 + HALF_DIGIT >> BITS;
        final long c3 = l3 + c2 + HALF_DIGIT >> BITS;
        z[zo] = l0 - (c0 << BITS);
        z[zo + LANES] = l1 + c0 - (c1 << BITS);
        z[zo + 2 * LANES] = l2 + c1 - (c2 << BITS);
        z[zo + 3 * LANES] = l3 + c2 - (c3 << BITS);
        z[zo + 4 * LANES] = (x3 >> 13) + c3;
    }

    /** 1 if x - y, less a borrow of 1 perhaps, wrapped around to the difference (Hacker's Delight, 2-13). */
    private static long borrow(long x, long y, long difference) {
        return (~x & y | ~(x ^ y) & difference) >>> 63;
    }

    /** Puts a reduced element together as the integer that is congruent to it in [0, p). */
    private void join(long[] z, int zo, double[] x, int xo) {
        long l0 = (long) x[xo];
        long l1 = (long) x[xo + LANES] + (l0 >> BITS);
        long l2 = (long) x[xo + 2 * LANES] + (l1 >> BITS);
        long l3 = (long) x[xo + 3 * LANES] + (l2 >> BITS);
        long l4 = (long) x[xo + 4 * LANES] + (l3 >> BITS);
        if (l4 < 0) { // the sign of the whole: add p
            l0 = (l0 & MASK) + (long) p0;
            l1 = (l1 & MASK) + (long) p1 + (l0 >> BITS);
            l2 = (l2 & MASK) + (long) p2 + (l1 >> BITS);
            l3 = (l3 & MASK) + (long) p3 + (l2 >> BITS);
            l4 += (long) p4 + (l3 >> BITS);
        }
        l0 &= MASK;
        l1 &= MASK;
        l2 &= MASK;
        l3 &= MASK;
        z[zo] = l0 | l1 << 51;
        z[zo + 1] = l1 >>> 13 | l2 << 38;
        z[zo + 2] = l2 >>> 26 | l3 << 25;
        z[zo + 3] = l3 >>> 39 | l4 << 12;
    }
}
