package org.zkml.prover.relation;

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
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.TrainingShape;

/** Whole TRAIN proofs, self-verification included, in a JVM that has made some before; shapes as those of scripts/bench.sh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 4)
@Measurement(iterations = 5)
public class ProofBenchmark {

    @Param({"wdbc-16-b12", "wdbc-16-b16", "randhie-8-b16"})
    private String shape;

    private TrainInstance instance;
    private KnownSetup setup;

    @Setup
    public void train() {
        final TrainingShape training = switch (shape) {
            case "wdbc-16-b12" -> new TrainingShape(0, 10, 5, 4, 16, 12);
            case "wdbc-16-b16" -> new TrainingShape(0, 10, 5, 4, 16, 16);
            default -> new TrainingShape(0, 15, 4, 3, 8, 16);
        };
        setup = KnownSetup.of(19);
        instance =
                TrainInstance.random(training, ModelKind.LOGISTIC, shape.startsWith("wdbc") ? 569 : 20_190, 7, setup);
    }

    @Benchmark
    public byte[] prove() {
        return Prover.prove(instance.relation(), instance.witness(), setup.committer(), ProverProgress.SILENT);
    }
}
