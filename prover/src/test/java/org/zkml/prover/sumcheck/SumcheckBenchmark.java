package org.zkml.prover.sumcheck;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Eq;

/** All rounds of a sum-check with their folds, on all cores; the challenges are given. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SumcheckBenchmark {

    private static final long SEED = 7;

    private static FrVector table(int numVars, long seed) {
        return FrVector.of(new SplittableRandom(seed)
                .longs(Fr.LIMBS << numVars)
                .map(limb -> limb >>> 3) // below the modulus
                .toArray());
    }

    private static Scalar[] point(int numVars) {
        return new SplittableRandom(SEED).longs(numVars).mapToObj(Scalar::of).toArray(Scalar[]::new);
    }

    /** The second sum-check of one column of 2^20 values. The tables are bound in place, so every run gets copies. */
    @State(Scope.Benchmark)
    public static class Product {
        private static final int NUM_VARS = 20;

        private final FrVector weight = table(NUM_VARS, SEED);
        private final FrVector column = table(NUM_VARS, SEED + 1);
        private final Scalar[] challenges = point(NUM_VARS);
        private SecondSumcheck sumcheck;

        @Setup(Level.Invocation)
        public void copy() {
            sumcheck = new SecondSumcheck();
            sumcheck.add(NUM_VARS, weight.copy(), column.copy());
        }
    }

    /** The first sum-check of {@code sum_x eq(point, x) f(x) g(x)} over 2^17 points. */
    @State(Scope.Benchmark)
    public static class Cubic {
        private static final int NUM_VARS = 17;

        private final Scalar[] challenges = point(NUM_VARS);
        private final FrVector[] factors = {Eq.table(challenges), table(NUM_VARS, SEED), table(NUM_VARS, SEED + 1)};
        private final Scalar sum = FrVector.innerProduct(factors);
        private FirstSumcheck sumcheck;

        @Setup(Level.Invocation)
        public void copy() {
            final var part = new SumGroup.Part(0, 0, List.of(SumGroup.Term.plus(1, 2)));
            final var group =
                    new SumGroup(NUM_VARS, List.of(part), factors[0].copy(), factors[1].copy(), factors[2].copy());
            sumcheck = new FirstSumcheck(List.of(group), new Scalar[] {sum}, Scalar.of(3));
        }
    }

    @Benchmark
    public void product(Product input, Blackhole messages) {
        for (int k = Product.NUM_VARS - 1; k >= 0; k--) {
            messages.consume(input.sumcheck.round(k));
            input.sumcheck.bind(k, input.challenges[k]);
        }
    }

    @Benchmark
    public void cubic(Cubic input, Blackhole messages) {
        for (int k = Cubic.NUM_VARS - 1; k >= 0; k--) {
            messages.consume(input.sumcheck.round(k));
            input.sumcheck.bind(k, input.challenges[k]);
        }
    }
}
