package org.zkml.prover.relation;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/** Whole proofs, self-verification included, in a JVM that has made some before; names and shapes as in scripts/bench.sh where it has them, on random data. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class ProofBenchmark {

    @Param({
        "train-wdbc-16-b12",
        "train-wdbc-16-b16",
        "train-randhie-8-b16",
        "train-30000x23-16-b16",
        "dataset-wdbc-b16",
        "dataset-30000x23-b16",
        "infer-wdbc-1-b16",
        "infer-wdbc-256-b16",
        "evaluate-wdbc-b16"
    })
    private String shape;

    private Instance instance;
    private KnownSetup setup;

    /** The part of a proof that is its opening, in nanoseconds. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Phases {
        public long openingNanos;

        @Setup(Level.Iteration)
        public void clear() {
            openingNanos = 0;
        }
    }

    @Setup
    public void make() {
        setup = KnownSetup.of(shape.contains("wdbc") ? 17 : shape.contains("randhie") ? 19 : 20);
        instance = switch (shape) {
            case "train-wdbc-16-b12" -> train(new TrainingShape(0, 10, 5, 4, 16, 12), 569);
            case "train-wdbc-16-b16" -> train(new TrainingShape(0, 10, 5, 4, 16, 16), 569);
            case "train-randhie-8-b16" -> train(new TrainingShape(0, 15, 4, 3, 8, 16), 20_190);
            case "train-30000x23-16-b16" -> train(new TrainingShape(0, 15, 5, 4, 16, 16), 30_000);
            case "dataset-wdbc-b16" -> DatasetInstance.random(new DatasetInstance.Shape(10, 5, 16, 569, 31), 7, setup);
            case "dataset-30000x23-b16" ->
                DatasetInstance.random(new DatasetInstance.Shape(15, 5, 16, 30_000, 24), 7, setup);
            case "infer-wdbc-1-b16" -> infer(0);
            case "infer-wdbc-256-b16" -> infer(8);
            case "evaluate-wdbc-b16" ->
                EvaluateInstance.random(new EvaluateInstance.Shape(7, 5, 16, 114, ModelKind.LOGISTIC), 7, setup);
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private Instance train(TrainingShape training, int rows) {
        return TrainInstance.random(training, ModelKind.LOGISTIC, rows, 7, setup);
    }

    /** 2^lq rows of 31 features and one that fills up. */
    private Instance infer(int lq) {
        return InferInstance.random(new InferInstance.Shape(lq, 5, 16, ModelKind.LOGISTIC), 7, setup);
    }

    @Benchmark
    public byte[] prove(Phases phases) {
        final long[] began = new long[1];
        final ProverProgress progress = name -> {
            switch (name) {
                case "opening" -> began[0] = System.nanoTime();
                case "self-verification" -> phases.openingNanos += System.nanoTime() - began[0];
                default -> {}
            }
        };
        return Prover.prove(instance.relation(), instance.witness(), setup.committer(), progress);
    }
}
