package org.zkml.prover.field;

import java.util.Arrays;
import org.zkml.prover.parallel.Parallel;

/**
 * A vector of elements of {@link Fr}, in the form that this machine multiplies fastest. Arithmetic on ranges that begin at multiples of {@link #CHUNK} (or
 * at 0 of a scratch vector), and end at one or with the vector, works on vectors of one form, which {@link #like} and {@link #constant} give; everything
 * else takes any. Different ranges of a vector may be written by different threads.
 */
public abstract sealed class FrVector permits LimbVector, LaneVector {

    /** Elements that are worked on together, so that what comes between stays in the cache. */
    public static final int CHUNK = 256;

    /**
     * Vectors of any other size than multiples of this are kept as limbs: short ones do not pay for full lanes, and in a last block that is not full
     * the lanes left over would count in sums.
     */
    private static final int FULL_LANES = 64;

    private static final int MIN_CHUNKS_A_TASK = 4;

    private final int size;

    FrVector(int size) {
        this.size = size;
    }

    /** Zeros. */
    public static FrVector zeros(int size) {
        return Lanes.available() && size % FULL_LANES == 0 ? new LaneVector(size) : new LimbVector(size);
    }

    /** The elements of a flat table, Montgomery form as in {@link Fr}. */
    public static FrVector of(long[] table) {
        final FrVector vector = zeros(table.length / Fr.LIMBS);
        vector.read(table);
        return vector;
    }

    /** Small signed integers. */
    public static FrVector ofSmall(int[] values) {
        final FrVector vector = zeros(values.length);
        final FrVector one = vector.smallFactor(Scalar.ONE);
        forChunks(values.length, (at, count) -> vector.mulSmall(at, values, at, one, count));
        return vector;
    }

    /** Work on {@code count} neighbouring elements from {@code at} on, a chunk at most; called for disjoint ranges at the same time. */
    @FunctionalInterface
    public interface ChunkTask {
        void run(int at, int count);
    }

    /** Runs the task on all chunks of {@code size} elements, on all cores if there are many. */
    public static void forChunks(int size, ChunkTask task) {
        Parallel.forRange(0, (size + CHUNK - 1) / CHUNK, MIN_CHUNKS_A_TASK, (from, to) -> {
            for (int chunk = from; chunk < to; chunk++) {
                task.run(chunk * CHUNK, Math.min(CHUNK, size - chunk * CHUNK));
            }
        });
    }

    /** Number of elements. */
    public final int size() {
        return size;
    }

    /** Zeros of this vector's form. */
    public abstract FrVector like(int size);

    /** The first elements, not copied. */
    abstract FrVector prefix(int size);

    /** A vector that has the value everywhere, for x and y of the arithmetic; of this vector's form. */
    public abstract FrVector constant(Scalar value);

    /** The constant that {@link #mulSmall} takes to multiply by the value. */
    public abstract FrVector smallFactor(Scalar value);

    /** Element i. */
    public abstract Scalar get(int i);

    /** Sets element i. */
    public abstract void set(int i, Scalar value);

    /** this[at + i] = x[xAt + i] y[yAt + i]. */
    public abstract void mul(int at, FrVector x, int xAt, FrVector y, int yAt, int count);

    /** this[at + i] = x[xAt + i] + y[yAt + i]. */
    public abstract void add(int at, FrVector x, int xAt, FrVector y, int yAt, int count);

    /** this[at + i] = x[xAt + i] - y[yAt + i]. */
    public abstract void sub(int at, FrVector x, int xAt, FrVector y, int yAt, int count);

    /** this[at + i] = small[smallAt + i] times the factor, which {@link #smallFactor} made. */
    public abstract void mulSmall(int at, int[] small, int smallAt, FrVector factor, int count);

    /**
     * Inverts neighbouring elements in place by Montgomery's trick: three products an element, and one inversion for all.
     *
     * @throws ArithmeticException if one of them is 0
     */
    public abstract void invert(int at, int count);

    /** this[at + i] = x[xAt + i]. */
    public abstract void copy(int at, FrVector x, int xAt, int count);

    /** this[i] = table[index[from + i] + shift], or stays as it is where the index is {@link Selection#NOTHING}. */
    abstract void gather(FrVector table, int[] index, int from, int shift, int count);

    /** this[i] = x[from + stride i]. */
    public abstract void gather(FrVector x, int from, int stride, int count);

    /** this[to + stride i] = x[i]. */
    public abstract void scatter(int to, int stride, FrVector x, int count);

    /** Sets the first elements to 0. */
    public abstract void clear(int count);

    /** The sum of elements {@code at} to {@code at + count - 1}. */
    public abstract Scalar sum(int at, int count);

    /** this[at + i] = x[size - 1 - at - i]. */
    abstract void reverse(int at, FrVector x, int count);

    abstract void read(int at, long[] table, int count);

    abstract void write(int at, long[] table, boolean canonical, int count);

    /** A flat table of the elements, Montgomery form as in {@link Fr}. */
    public final long[] toTable() {
        return toTable(false);
    }

    /** The limbs of the elements as integers in [0, r), not in Montgomery form. */
    public final long[] toCanonical() {
        return toTable(true);
    }

    private long[] toTable(boolean canonical) {
        final long[] table = new long[Fr.LIMBS * size];
        forChunks(size, (at, count) -> write(at, table, canonical, count));
        return table;
    }

    /** A copy. */
    public abstract FrVector copy();

    /** x in this vector's form. */
    public final FrVector sameForm(FrVector x) {
        if (x.getClass() == getClass()) {
            return x;
        }
        final FrVector same = like(x.size);
        same.read(x.toTable());
        return same;
    }

    private void read(long[] table) {
        forChunks(size, (at, count) -> read(at, table, count));
    }

    /** this[i] += factor x[i] for all elements of x, which may be fewer. */
    public final void addScaled(FrVector x, Scalar factor) {
        final FrVector same = sameForm(x);
        final FrVector c = constant(factor);
        forChunks(x.size, (at, count) -> {
            final FrVector t = like(count);
            t.mul(0, same, at, c, 0, count);
            add(at, this, at, t, 0, count);
        });
    }

    /** this[i] += factor small[i] for all of them, which may be fewer. */
    public final void addScaled(int[] small, Scalar factor) {
        final FrVector c = smallFactor(factor);
        forChunks(small.length, (at, count) -> {
            final FrVector t = like(count);
            t.mulSmall(0, small, at, c, count);
            add(at, this, at, t, 0, count);
        });
    }

    /** this[i] += value for all i. */
    public final void addConstant(Scalar value) {
        final FrVector c = constant(value);
        forChunks(size, (at, count) -> add(at, this, at, c, 0, count));
    }

    /** sum_i prod_j vectors[j][i], of vectors of one size. */
    public static Scalar innerProduct(FrVector... vectors) {
        final FrVector form = vectors[0];
        final FrVector[] factors = Arrays.stream(vectors).map(form::sameForm).toArray(FrVector[]::new);
        final Scalar[] total = {Scalar.ZERO};
        Parallel.forRange(0, (form.size + CHUNK - 1) / CHUNK, MIN_CHUNKS_A_TASK, (from, to) -> {
            final FrVector sum = form.like(CHUNK);
            final FrVector t = form.like(CHUNK);
            for (int chunk = from; chunk < to; chunk++) {
                final int at = chunk * CHUNK;
                final int count = Math.min(CHUNK, form.size - at);
                t.copy(0, form, at, count);
                for (int j = 1; j < factors.length; j++) {
                    t.mul(0, t, 0, factors[j], at, count);
                }
                sum.add(0, sum, 0, t, 0, count);
            }
            synchronized (total) {
                total[0] = total[0].add(sum.sum(0, CHUNK));
            }
        });
        return total[0];
    }

    /**
     * Binds the highest variable of a table of 2^n values to u, in place: {@code this[i] += u (this[half + i] - this[i])} in the lower half.
     *
     * @return the lower half, to be used in place of this vector
     */
    public final FrVector bindHighest(Scalar u) {
        final int half = size / 2;
        final FrVector c = constant(u);
        forChunks(half, (at, count) -> {
            final FrVector t = like(count);
            t.sub(0, this, half + at, this, at, count);
            t.mul(0, t, 0, c, 0, count);
            add(at, this, at, t, 0, count);
        });
        return lower(half);
    }

    /** The first elements, in the form of a vector of that size; shares this one's where the form is the same. */
    public final FrVector lower(int count) {
        final FrVector first = prefix(count);
        return count % FULL_LANES != 0 && first instanceof LaneVector ? of(first.toTable()) : first;
    }

    /** Fills this vector with repetitions of the table; the sizes are powers of two. */
    public final void tile(FrVector table) {
        final int period = table.size;
        if (period >= CHUNK) {
            final FrVector same = sameForm(table);
            forChunks(size, (at, count) -> copy(at, same, at % period, count));
        } else {
            final long[] limbs = table.toTable();
            final long[] repeated = new long[Fr.LIMBS * size];
            for (int i = 0; i < size; i += period) {
                System.arraycopy(limbs, 0, repeated, Fr.LIMBS * i, limbs.length);
            }
            read(repeated);
        }
    }

    /** A vector of the elements in reverse order. */
    public final FrVector reversed() {
        final FrVector reversed = like(size);
        forChunks(size, (at, count) -> reversed.reverse(at, this, count));
        return reversed;
    }
}
