package org.zkml.prover.field;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time an element: kernels of one thread on 1024 elements, and the fold of a table of 2^16 on all cores. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FieldBenchmark {

    private static final long SEED = 7;
    private static final int ELEMENTS = 1024;
    private static final int FOLDED = 1 << 15;
    private static final Scalar CHALLENGE = Scalar.of(-123456789);

    private final int blocks = LaneField.blocks(ELEMENTS);
    private final double[] x = lanes();
    private final double[] y = lanes();
    private final double[] z = new double[x.length];
    private final long[] limbs = limbs(Fq.LIMBS * ELEMENTS);
    private final long[] products = new long[limbs.length];
    private final FrVector table = FrVector.of(limbs(2 * Fr.LIMBS * FOLDED));
    private final FrVector inverted = FrVector.of(limbs(Fr.LIMBS * ELEMENTS));

    private static double[] lanes() {
        final SplittableRandom random = new SplittableRandom(SEED);
        final double[] values = new double[LaneField.BLOCK * LaneField.blocks(ELEMENTS)];
        Arrays.setAll(values, i -> random.nextLong(1L << 48)); // the top limb, too, is within its bounds
        return values;
    }

    private static long[] limbs(int count) {
        return new SplittableRandom(SEED).longs(count).map(l -> l >>> 3).toArray(); // below both moduli
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public double[] laneProduct() {
        LaneField.FQ.mul(z, 0, LaneField.BLOCK, x, 0, LaneField.BLOCK, y, 0, LaneField.BLOCK, blocks);
        return z;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public double[] laneDifference() {
        LaneField.FQ.combine(z, 0, LaneField.BLOCK, x, 0, LaneField.BLOCK, -1, y, 0, LaneField.BLOCK, blocks);
        return z;
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public long[] scalarProduct() {
        for (int i = 0; i < limbs.length; i += Fq.LIMBS) {
            Fq.mul(products, i, limbs, i, limbs, limbs.length - Fq.LIMBS - i);
        }
        return products;
    }

    /** An element of the lower half: one product, two additions. */
    @Benchmark
    @OperationsPerInvocation(FOLDED)
    public FrVector fold() {
        return table.bindHighest(CHALLENGE);
    }

    /** By Montgomery's trick, a chunk of 256 at a time; the next time inverts them back. */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public FrVector inverse() {
        for (int at = 0; at < ELEMENTS; at += FrVector.CHUNK) {
            inverted.invert(at, FrVector.CHUNK);
        }
        return inverted;
    }
}
