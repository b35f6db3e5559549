package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.training.TrainingShape;

/**
 * A proof of {@code train-30000x23-16-b16}, of which its opening is timed, and right after it the large sums of points of an opening and nothing else. Of full scalars they are the
 * quotients by all variables but the highest, the common part of g, and both final quotients; of small ones the highest quotient's and g's part of the data. One after
 * the other in one machine, so that both see it in the same state: apart, they have differed by a quarter from run to run.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class OpeningSumsBenchmark {

    private static final int N2 = 20;

    private Instance instance;
    private Committer committer;
    private FrVector full;
    private MultilinearPolynomial data;
    private MultilinearPolynomial differences;

    /** The opening, and the sums, in nanoseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Parts {
        public long openingNanos;
        public long sumsNanos;

        @Setup(Level.Iteration)
        public void clear() {
            openingNanos = 0;
            sumsNanos = 0;
        }
    }

    @Setup
    public void make() {
        final KnownSetup setup = KnownSetup.of(N2);
        committer = setup.committer();
        instance = TrainInstance.random(new TrainingShape(0, 15, 5, 4, 16, 16), ModelKind.LOGISTIC, 30_000, 7, setup);
        full = FrVector.zeros(1 << N2);
        Scalar value = Scalar.of(N2);
        for (int i = 0; i < 1 << N2; i++) {
            value = value.square().add(Scalar.ONE);
            full.set(i, value);
        }
        data = instance.witness().statementColumns().getFirst().polynomial();
        final int[] values = data.smallValues();
        final int[] upperMinusLower = new int[1 << N2 - 1];
        Arrays.setAll(upperMinusLower, i -> values[(1 << N2 - 1) + i] - values[i]);
        differences = MultilinearPolynomial.ofSmall(upperMinusLower);
    }

    @Benchmark
    public void openingAndSums(Parts parts, Blackhole sink) {
        final long[] began = new long[1];
        final ProverProgress progress = name -> {
            switch (name) {
                case "opening" -> began[0] = System.nanoTime();
                case "self-verification" -> parts.openingNanos += System.nanoTime() - began[0];
                default -> {}
            }
        };
        sink.consume(Prover.prove(instance.relation(), instance.witness(), committer, progress));
        final long start = System.nanoTime();
        sums(sink);
        parts.sumsNanos += System.nanoTime() - start;
    }

    private void sums(Blackhole sink) {
        for (int k = 0; k < N2 - 1; k++) {
            sink.consume(committer.commit(full.lower(1 << k), Scalar.ONE));
        }
        sink.consume(committer.commit(differences, Scalar.ONE));
        sink.consume(committer.commit(full.lower(1 << N2 - 1), Scalar.ONE));
        sink.consume(committer.commit(data, Scalar.ONE));
        sink.consume(committer.commit(full, Scalar.ONE));
        sink.consume(committer.commit(full, Scalar.ONE));
    }
}
