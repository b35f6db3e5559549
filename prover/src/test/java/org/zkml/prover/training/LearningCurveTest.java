package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;

class LearningCurveTest {
    private static final TrainingShape SHAPE = new TrainingShape(0, 2, 1, 2, 3, 16);
    private static final RealDataset DATA =
            new RealDataset(new double[] {1, -1, 1, -0.5, 1, 0.25, 1, 2}, new double[] {-2, -1, 0.5, 4}, 4, 2);
    private static final short[] X = {4096, -4096, 4096, -2048, 4096, 1024, 4096, 8192};
    private static final short[] Y = {-8192, -4096, 2048, 16384};

    @Test
    void falls() {
        LearningCurve integers = integerCurve("1/4");
        LearningCurve floats = floatCurve("1/4");
        assertEquals(4, integers.points().size());
        assertEquals(4, floats.points().size());
        for (int i = 0; i < 4; i++) {
            assertEquals(i, integers.points().get(i).step());
            assertEquals(floats.points().get(i).loss(), integers.points().get(i).loss(), 0.02);
            assertEquals(
                    floats.points().get(i).score(), integers.points().get(i).score(), 0.01);
        }
        assertEquals((4 + 1 + 0.25 + 16) / 4, integers.first().loss());
        assertFalse(integers.diverged());
        assertFalse(floats.diverged());
    }

    @Test
    void showsThatARateIsTooLargeEvenIfEverythingStaysInRange() {
        assertTrue(integerCurve("5").diverged());
        assertTrue(floatCurve("5").diverged());
    }

    @Test
    void metricsCountALogitOutOfRangeAsTheEndOfTheRange() {
        IntegerModel model = new IntegerModel(ActivationTable.of(ModelKind.LINEAR, 16), new long[] {0, 100L << 28});
        short[] far = {4096, 8192};
        assertEquals(32767 / 4096.0, model.predictAll(far, 1)[0]);
        OutOfRangeException failure = assertThrows(OutOfRangeException.class, () -> model.predict(far, 0));
        assertTrue(failure.getMessage().contains(" 200,"), failure.getMessage());
    }

    private static LearningCurve integerCurve(String rate) {
        ActivationTable table = ActivationTable.of(ModelKind.LINEAR, 16);
        StepConstants constants = StepConstants.of(Fraction.parse(rate), Fraction.ZERO, 4, ModelKind.LINEAR, 16);
        TrainingTrace trace = new IntegerTrainer(SHAPE, table, constants).train(X, Y, new long[2]);
        return LearningCurve.of(trace, table, X, DATA.y());
    }

    private static LearningCurve floatCurve(String rate) {
        FloatTrainer trainer = new FloatTrainer(ModelKind.LINEAR, Fraction.parse(rate), Fraction.ZERO);
        return LearningCurve.of(trainer, trainer.train(SHAPE, DATA, new double[2]), DATA);
    }
}
