package org.zkml.prover.field;

import java.util.Arrays;

/**
 * A vector in blocks of {@link LaneField}; every element is an operand of its product, below 1.03 r in absolute value (docs/field-arithmetic.md, section 8).
 * Lanes that are left over in a last block hold such elements too, but whatever ones.
 */
final class LaneVector extends FrVector {

    private static final LaneField FIELD = LaneField.FR;
    private static final int LANES = LaneField.LANES;
    private static final int BLOCK = LaneField.BLOCK;

    /** R as an element. */
    private static final Scalar RADIX = Scalar.of(LaneField.RADIX);

    private final double[] data;
    private final int step; // from block to block; 0 for a constant

    LaneVector(int size) {
        this(size, new double[BLOCK * LaneField.blocks(size)], BLOCK);
    }

    private LaneVector(int size, double[] data, int step) {
        super(size);
        this.data = data;
        this.step = step;
    }

    private static LaneVector filled(Scalar integer) {
        return new LaneVector(1, FIELD.filled(integer.toBigInteger()), 0);
    }

    private int place(int at) {
        return step == 0 ? 0 : at / LANES * BLOCK;
    }

    @Override
    public FrVector like(int size) {
        return new LaneVector(size);
    }

    @Override
    FrVector prefix(int size) {
        return new LaneVector(size, data, BLOCK);
    }

    @Override
    public FrVector copy() {
        return new LaneVector(size(), Arrays.copyOf(data, BLOCK * LaneField.blocks(size())), BLOCK);
    }

    @Override
    public FrVector constant(Scalar value) {
        return filled(value.mul(RADIX));
    }

    @Override
    public FrVector smallFactor(Scalar value) {
        return filled(value.mul(RADIX).mul(RADIX));
    }

    @Override
    public Scalar get(int i) {
        final double[] element = new double[BLOCK];
        copyElement(element, 0, data, LaneField.place(i));
        final long[] limbs = new long[Fr.LIMBS];
        FIELD.toMontgomery(limbs, 0, element, 0, 1);
        return Scalar.get(limbs, 0);
    }

    private static void copyElement(double[] z, int zo, double[] x, int xo) {
        for (int j = 0; j < BLOCK; j += LANES) {
            z[zo + j] = x[xo + j];
        }
    }

    @Override
    public void set(int i, Scalar value) {
        copyElement(data, LaneField.place(i), filled(value.mul(RADIX)).data, 0);
    }

    @Override
    public void mul(int at, FrVector x, int xAt, FrVector y, int yAt, int count) {
        final LaneVector a = (LaneVector) x;
        final LaneVector b = (LaneVector) y;
        FIELD.mul(
                data,
                place(at),
                BLOCK,
                a.data,
                a.place(xAt),
                a.step,
                b.data,
                b.place(yAt),
                b.step,
                LaneField.blocks(count));
    }

    @Override
    public void add(int at, FrVector x, int xAt, FrVector y, int yAt, int count) {
        combine(at, (LaneVector) x, xAt, 1, (LaneVector) y, yAt, count);
    }

    @Override
    public void sub(int at, FrVector x, int xAt, FrVector y, int yAt, int count) {
        combine(at, (LaneVector) x, xAt, -1, (LaneVector) y, yAt, count);
    }

    private void combine(int at, LaneVector x, int xAt, double factor, LaneVector y, int yAt, int count) {
        FIELD.combine(
                data,
                place(at),
                BLOCK,
                x.data,
                x.place(xAt),
                x.step,
                factor,
                y.data,
                y.place(yAt),
                y.step,
                LaneField.blocks(count));
    }

    @Override
    public void mulSmall(int at, int[] small, int smallAt, FrVector factor, int count) {
        // an integer is an operand as it is, with all but its lowest limb 0
        final LaneVector t = new LaneVector(count);
        for (int i = 0; i < count; i++) {
            t.data[LaneField.place(i)] = small[smallAt + i];
        }
        mul(at, t, 0, factor, 0, count);
    }

    @Override
    public void invert(int at, int count) {
        final int blocks = LaneField.blocks(count);
        for (int i = count; i < LANES * blocks; i++) {
            set(at + i, Scalar.ONE);
        }
        final int from = place(at);
        final int last = BLOCK * (blocks - 1);
        // prefix[i] = product of the first i blocks; suffix[i] = product of those after it, divided by all
        final double[] prefix = new double[BLOCK * (blocks + 1)];
        final double[] suffix = new double[BLOCK * (blocks + 1)];
        System.arraycopy(((LaneVector) constant(Scalar.ONE)).data, 0, prefix, 0, BLOCK);
        FIELD.mul(prefix, BLOCK, BLOCK, prefix, 0, BLOCK, data, from, BLOCK, blocks);
        final long[] products = new long[Fr.LIMBS * LANES];
        FIELD.toMontgomery(products, 0, prefix, last + BLOCK, LANES);
        Fr.invertAll(products, 0, LANES);
        FIELD.fromMontgomery(suffix, last + BLOCK, products, 0, LANES);
        FIELD.mul(suffix, last, -BLOCK, suffix, last + BLOCK, -BLOCK, data, from + last, -BLOCK, blocks);
        FIELD.mul(data, from, BLOCK, prefix, 0, BLOCK, suffix, BLOCK, BLOCK, blocks);
        for (int i = count; i < LANES * blocks; i++) {
            set(at + i, Scalar.ZERO);
        }
    }

    @Override
    public void copy(int at, FrVector x, int xAt, int count) {
        final LaneVector a = (LaneVector) x;
        System.arraycopy(a.data, a.place(xAt), data, place(at), BLOCK * LaneField.blocks(count));
    }

    @Override
    void gather(FrVector table, int[] index, int from, int shift, int count) {
        final double[] source = ((LaneVector) table).data;
        for (int i = 0; i < count; i++) {
            if (index[from + i] != Selection.NOTHING) {
                copyElement(data, LaneField.place(i), source, LaneField.place(index[from + i] + shift));
            }
        }
    }

    @Override
    public void gather(FrVector x, int from, int stride, int count) {
        final double[] source = ((LaneVector) x).data;
        for (int i = 0; i < count; i++) {
            copyElement(data, LaneField.place(i), source, LaneField.place(from + stride * i));
        }
    }

    @Override
    public void scatter(int to, int stride, FrVector x, int count) {
        final double[] source = ((LaneVector) x).data;
        for (int i = 0; i < count; i++) {
            copyElement(data, LaneField.place(to + stride * i), source, LaneField.place(i));
        }
    }

    @Override
    public void clear(int count) {
        Arrays.fill(data, 0, BLOCK * LaneField.blocks(count), 0);
    }

    @Override
    public Scalar sum(int at, int count) {
        final int blocks = count / LANES;
        final LaneVector sum = new LaneVector(LANES);
        FIELD.combine(sum.data, 0, 0, sum.data, 0, 0, 1, data, place(at), BLOCK, blocks);
        Scalar total = Scalar.ZERO;
        for (int lane = 0; lane < LANES; lane++) {
            total = total.add(sum.get(lane));
        }
        for (int i = LANES * blocks; i < count; i++) {
            total = total.add(get(at + i));
        }
        return total;
    }

    @Override
    void reverse(int at, FrVector x, int count) {
        final double[] source = ((LaneVector) x).data;
        for (int i = at; i < at + count; i++) {
            copyElement(data, LaneField.place(i), source, LaneField.place(size() - 1 - i));
        }
    }

    @Override
    void read(int at, long[] table, int count) {
        FIELD.fromMontgomery(data, place(at), table, Fr.LIMBS * at, count);
    }

    @Override
    void write(int at, long[] table, boolean canonical, int count) {
        if (canonical) {
            FIELD.toCanonical(table, Fr.LIMBS * at, data, place(at), count);
        } else {
            FIELD.toMontgomery(table, Fr.LIMBS * at, data, place(at), count);
        }
    }
}
