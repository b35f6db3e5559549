package org.zkml.prover.relation;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * The large sums of points of the opening of {@code train-30000x23-16-b16} and nothing else, to compare {@link ProofBenchmark}'s {@code openingNanos} with: of
 * full scalars the quotients by all variables but the highest, the common part of g, and both final quotients; of small ones the highest quotient's and g's part of the data.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class OpeningSumsBenchmark {

    private static final int N2 = 20;

    private Committer committer;
    private FrVector full;
    private MultilinearPolynomial data;
    private MultilinearPolynomial differences;

    @Setup
    public void make() {
        committer = KnownSetup.of(N2).committer();
        final Random random = new Random(N2);
        full = FrVector.zeros(1 << N2);
        Scalar value = Scalar.of(random.nextLong());
        for (int i = 0; i < 1 << N2; i++) {
            value = value.square().add(Scalar.ONE);
            full.set(i, value);
        }
        data = MultilinearPolynomial.ofSmall(
                random.ints(1 << N2, -(1 << 15), 1 << 15).toArray());
        differences = MultilinearPolynomial.ofSmall(
                random.ints(1 << N2 - 1, -(1 << 16), 1 << 16).toArray());
    }

    @Benchmark
    public void sums(Blackhole sink) {
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
