package org.zkml.prover.field;

import java.util.Arrays;

/** A vector in the limbs of {@link Fr}: for machines without the vector kernels, and for short ones. */
final class LimbVector extends FrVector {

    /** R = 2^256 as an element: an integer below 2^64 times x R is, as a product of Montgomery forms, the integer times x. */
    private static final Scalar RADIX = Scalar.powerOfTwo(256);

    private final long[] data;
    private final int step; // from element to element; 0 for a constant

    LimbVector(int size) {
        this(size, new long[Fr.LIMBS * size], Fr.LIMBS);
    }

    private LimbVector(int size, long[] data, int step) {
        super(size);
        this.data = data;
        this.step = step;
    }

    @Override
    public FrVector like(int size) {
        return new LimbVector(size);
    }

    @Override
    FrVector prefix(int size) {
        return new LimbVector(size, data, Fr.LIMBS);
    }

    @Override
    public FrVector copy() {
        return new LimbVector(size(), Arrays.copyOf(data, Fr.LIMBS * size()), Fr.LIMBS);
    }

    @Override
    public FrVector constant(Scalar value) {
        return new LimbVector(1, value.limbs(), 0);
    }

    @Override
    public FrVector smallFactor(Scalar value) {
        return constant(value.mul(RADIX));
    }

    @Override
    public Scalar get(int i) {
        return Scalar.get(data, i);
    }

    @Override
    public void set(int i, Scalar value) {
        value.put(data, i);
    }

    @Override
    public void mul(int at, FrVector x, int xAt, FrVector y, int yAt, int count) {
        final LimbVector a = (LimbVector) x;
        final LimbVector b = (LimbVector) y;
        for (int i = 0; i < count; i++) {
            Fr.mul(data, Fr.LIMBS * (at + i), a.data, a.step * (xAt + i), b.data, b.step * (yAt + i));
        }
    }

    @Override
    public void add(int at, FrVector x, int xAt, FrVector y, int yAt, int count) {
        final LimbVector a = (LimbVector) x;
        final LimbVector b = (LimbVector) y;
        for (int i = 0; i < count; i++) {
            Fr.add(data, Fr.LIMBS * (at + i), a.data, a.step * (xAt + i), b.data, b.step * (yAt + i));
        }
    }

    @Override
    public void sub(int at, FrVector x, int xAt, FrVector y, int yAt, int count) {
        final LimbVector a = (LimbVector) x;
        final LimbVector b = (LimbVector) y;
        for (int i = 0; i < count; i++) {
            Fr.sub(data, Fr.LIMBS * (at + i), a.data, a.step * (xAt + i), b.data, b.step * (yAt + i));
        }
    }

    @Override
    public void mulSmall(int at, int[] small, int smallAt, FrVector factor, int count) {
        final long[] c = ((LimbVector) factor).data;
        final long[] t = new long[Fr.LIMBS];
        for (int i = 0; i < count; i++) {
            final int value = small[smallAt + i];
            final int o = Fr.LIMBS * (at + i);
            t[0] = Math.abs((long) value);
            Fr.mul(data, o, t, 0, c, 0);
            if (value < 0) {
                Fr.neg(data, o, data, o);
            }
        }
    }

    @Override
    public void invert(int at, int count) {
        Fr.invertAll(data, Fr.LIMBS * at, count);
    }

    @Override
    public void copy(int at, FrVector x, int xAt, int count) {
        System.arraycopy(((LimbVector) x).data, Fr.LIMBS * xAt, data, Fr.LIMBS * at, Fr.LIMBS * count);
    }

    @Override
    void gather(FrVector table, int[] index, int from, int shift, int count) {
        final long[] source = ((LimbVector) table).data;
        for (int i = 0; i < count; i++) {
            if (index[from + i] != Selection.NOTHING) {
                Fr.copy(data, Fr.LIMBS * i, source, Fr.LIMBS * (index[from + i] + shift));
            }
        }
    }

    @Override
    public void gather(FrVector x, int from, int stride, int count) {
        final long[] source = ((LimbVector) x).data;
        for (int i = 0; i < count; i++) {
            Fr.copy(data, Fr.LIMBS * i, source, Fr.LIMBS * (from + stride * i));
        }
    }

    @Override
    public void scatter(int to, int stride, FrVector x, int count) {
        final long[] source = ((LimbVector) x).data;
        for (int i = 0; i < count; i++) {
            Fr.copy(data, Fr.LIMBS * (to + stride * i), source, Fr.LIMBS * i);
        }
    }

    @Override
    public void clear(int count) {
        Arrays.fill(data, 0, Fr.LIMBS * count, 0);
    }

    @Override
    public Scalar sum(int at, int count) {
        final long[] sum = new long[Fr.LIMBS];
        for (int i = at; i < at + count; i++) {
            Fr.add(sum, 0, sum, 0, data, Fr.LIMBS * i);
        }
        return Scalar.get(sum, 0);
    }

    @Override
    void reverse(int at, FrVector x, int count) {
        for (int i = at; i < at + count; i++) {
            Fr.copy(data, Fr.LIMBS * i, ((LimbVector) x).data, Fr.LIMBS * (size() - 1 - i));
        }
    }

    @Override
    void read(int at, long[] table, int count) {
        System.arraycopy(table, Fr.LIMBS * at, data, Fr.LIMBS * at, Fr.LIMBS * count);
    }

    @Override
    void write(int at, long[] table, boolean canonical, int count) {
        for (int i = Fr.LIMBS * at; i < Fr.LIMBS * (at + count); i += Fr.LIMBS) {
            if (canonical) {
                Fr.toCanonical(table, i, data, i);
            } else {
                Fr.copy(table, i, data, i);
            }
        }
    }
}
