package org.zkml.prover.training;

import java.util.Random;
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
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;

/** 8 full-batch steps on 20190 rows and 10 columns, padded to 32768 and 16. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IntegerTrainerBenchmark {
    private static final int ROWS = 20_190;
    private static final int COLUMNS = 10;

    private final short[] x = new short[1 << 19];
    private final short[] y = new short[1 << 15];
    private final IntegerTrainer trainer = new IntegerTrainer(
            new TrainingShape(0, 15, 4, 3, 8, 16),
            ActivationTable.of(ModelKind.LINEAR, 16),
            StepConstants.of(Fraction.of(1, 10), Fraction.ZERO, ROWS, ModelKind.LINEAR, 16));

    public IntegerTrainerBenchmark() {
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < COLUMNS; k++) {
                x[k + 16 * row] = (short) Math.clamp(random.nextGaussian() * 4096, -32768, 32767);
            }
            y[row] = (short) random.nextInt(16_000);
        }
    }

    @Benchmark
    public TrainingTrace train() {
        return trainer.train(x, y, new long[16]);
    }
}
