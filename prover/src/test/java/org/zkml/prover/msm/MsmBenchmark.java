package org.zkml.prover.msm;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.field.Fr;

/** Sums of multiples of a setup's points, on all cores: what commitments and openings are made of. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class MsmBenchmark {

    private static final long SEED = 7;

    private static Bases points(int log) {
        return Bases.of(Ceremony.development(log, Progress.SILENT).setup().powers());
    }

    /** Random scalars below 2^253, and one of them for every point: then all points of a window fall into one bucket. */
    @State(Scope.Benchmark)
    public static class Full {
        @Param({"14", "16", "18"})
        public int log;

        private Bases points;
        private long[] scalars;
        private long[] constant;

        @Setup
        public void draw() {
            points = points(log);
            scalars = new SplittableRandom(SEED)
                    .longs(Fr.LIMBS << log)
                    .map(limb -> limb >>> 3)
                    .toArray();
            constant = new long[scalars.length];
            for (int i = 0; i < constant.length; i++) {
                constant[i] = scalars[i % Fr.LIMBS];
            }
        }
    }

    /** Random scalars of 16 bits, and a 1 among zeros in every 32, as of indicators (one-hot rows). */
    @State(Scope.Benchmark)
    public static class Small {
        @Param({"16", "18", "20"})
        public int log;

        private Bases points;
        private int[] scalars;
        private int[] oneHot;

        @Setup
        public void draw() {
            points = points(log);
            scalars = new SplittableRandom(SEED).ints(1L << log, 0, 1 << 16).toArray();
            oneHot = new int[1 << log];
            for (int i = 0; i < oneHot.length; i += 32) {
                oneHot[i + scalars[i] % 32] = 1;
            }
        }
    }

    @Benchmark
    public G1Jacobian full(Full input) {
        return Msm.sum(input.points, input.scalars, 0, 1 << input.log);
    }

    @Benchmark
    public G1Jacobian constant(Full input) {
        return Msm.sum(input.points, input.constant, 0, 1 << input.log);
    }

    @Benchmark
    public G1Jacobian small(Small input) {
        return Msm.sum(input.points, input.scalars);
    }

    @Benchmark
    public G1Jacobian oneHot(Small input) {
        return Msm.sum(input.points, input.oneHot);
    }
}
