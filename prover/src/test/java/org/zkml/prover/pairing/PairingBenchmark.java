package org.zkml.prover.pairing;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;

/** The verifier's product of three pairings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class PairingBenchmark {

    private final G1Affine p = G1Affine.GENERATOR.mul(BigInteger.valueOf(1234567));
    private final G2Affine q = G2Affine.GENERATOR.mul(BigInteger.valueOf(7654321));
    private final List<G1Affine> ps =
            List.of(p, p.add(p), p.mul(BigInteger.valueOf(3)).negate());
    private final List<G2Affine> qs = List.of(q, q, q);
    private final List<PreparedG2> prepared = qs.stream().map(PreparedG2::of).toList();

    @Benchmark
    public boolean threePairs() {
        return Pairing.productIsOne(ps, qs);
    }

    @Benchmark
    public boolean threePreparedPairs() {
        return Pairing.product(ps, prepared).isOne();
    }

    @Benchmark
    public long[] millerLoopOfThree() {
        return MillerLoop.product(ps, prepared);
    }

    @Benchmark
    public PreparedG2 prepareG2() {
        return PreparedG2.of(q);
    }

    @Benchmark
    public G2Affine decodeAndCheckG2() {
        return G2Affine.fromBytes(q.toBytes(), 0);
    }
}
