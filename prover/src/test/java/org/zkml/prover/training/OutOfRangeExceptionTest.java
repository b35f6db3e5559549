package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.training.OutOfRangeException.Quantity;

class OutOfRangeExceptionTest {
    private static final TrainingShape SHAPE = new TrainingShape(0, 1, 1, 3, 8, 16);
    private static final short[] X = {4096, -32768, 4096, 32767};
    private static final short[] Y = {0, 16384};

    @Test
    void aDivergingRunNamesRowStepAndValue() {
        OutOfRangeException failure = failureOf("1000", "0", new long[2]);
        assertEquals(Quantity.LOGIT, failure.quantity());
        assertEquals(1, failure.step());
        assertEquals(0, failure.index());
        assertTrue(failure.getMessage().startsWith("logit of row 0 at step 1 is -"), failure.getMessage());
        assertTrue(failure.getMessage().contains("from -128.00195 to 127.99805"), failure.getMessage());
        assertTrue(failure.getMessage().contains("smaller rate"), failure.getMessage());
    }

    @Test
    void aWeightThatOverflowsNamesTheFeature() {
        OutOfRangeException failure = failureOf("1000000", "0", new long[2]);
        assertEquals(Quantity.WEIGHT, failure.quantity());
        assertEquals(0, failure.step());
        assertEquals(1, failure.index());
        assertTrue(failure.getMessage().startsWith("new weight of feature 1 at step 0 is "), failure.getMessage());
    }

    @Test
    void anIncomingModelThatDoesNotFitIsBlamed() {
        OutOfRangeException logit = failureOf("1", "0", new long[] {0, -(100L << 28)});
        assertEquals(Quantity.LOGIT, logit.quantity());
        assertEquals(0, logit.step());
        assertTrue(logit.getMessage().contains("logit of row 0 at step 0 is 800,"), logit.getMessage());
        assertTrue(logit.getMessage().contains("incoming model"), logit.getMessage());

        OutOfRangeException weight = failureOf("1", "0", new long[] {0, 1L << 47});
        assertEquals(Quantity.INCOMING_WEIGHT, weight.quantity());
        assertEquals(BigInteger.ONE.shiftLeft(47), weight.value());
        assertEquals(1, weight.index());
    }

    @Test
    void aModelThatFailsOnlyAfterTheLastStepSaysSo() {
        TrainingShape oneStep = new TrainingShape(0, 1, 1, 3, 1, 16);
        OutOfRangeException failure = assertThrows(
                OutOfRangeException.class, () -> trainer(oneStep, "1000", "0").train(X, Y, new long[2]));
        assertEquals(1, failure.step());
    }

    @Test
    void wrongArraysAreTheCallersFault() {
        IntegerTrainer trainer = trainer(SHAPE, "1", "0");
        assertThrows(IllegalArgumentException.class, () -> trainer.train(new short[3], Y, new long[2]));
        assertThrows(IllegalArgumentException.class, () -> trainer.train(X, new short[1], new long[2]));
        assertThrows(IllegalArgumentException.class, () -> trainer.train(X, Y, new long[3]));
        TrainingShape narrow = new TrainingShape(0, 1, 1, 0, 1, 14);
        assertThrows(
                IllegalArgumentException.class, () -> trainer(narrow, "1", "0").train(X, Y, new long[2]));
        assertThrows(
                IllegalArgumentException.class,
                () -> new IntegerTrainer(SHAPE, ActivationTable.of(ModelKind.LINEAR, 14), new StepConstants(1, 0)));
    }

    private static OutOfRangeException failureOf(String rate, String l2, long[] weights) {
        return assertThrows(
                OutOfRangeException.class, () -> trainer(SHAPE, rate, l2).train(X, Y, weights));
    }

    private static IntegerTrainer trainer(TrainingShape shape, String rate, String l2) {
        return new IntegerTrainer(
                shape,
                ActivationTable.of(ModelKind.LOGISTIC, shape.b()),
                StepConstants.of(Fraction.parse(rate), Fraction.parse(l2), 2, ModelKind.LOGISTIC, shape.b()));
    }
}
