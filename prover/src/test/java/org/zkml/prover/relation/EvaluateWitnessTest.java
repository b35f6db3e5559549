package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.EvaluateInstance.Data;
import org.zkml.prover.relation.EvaluateInstance.Shape;
import org.zkml.prover.training.ExactScore;

class EvaluateWitnessTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Shape CLASSES = new Shape(2, 1, 8, 3, ModelKind.LOGISTIC);
    private static final Shape NUMBERS = new Shape(2, 1, 8, 3, ModelKind.LINEAR);
    private static final int[] X = {16, 50, 16, -50, 16, 1, 0, 0};
    private static final long[] WEIGHTS = {0, 1 << 12};

    private static EvaluateInstance instance(Shape shape, ExactScore score, int... y) {
        return EvaluateInstance.of(
                shape,
                MultilinearPolynomial.ofSmall(X),
                MultilinearPolynomial.ofSmall(y),
                MultilinearPolynomial.ofLongs(WEIGHTS),
                score,
                1,
                SETUP);
    }

    private static ExactScore score(Shape shape, int... y) {
        return new Data(X, y, WEIGHTS).score(shape);
    }

    private static String refusal(EvaluateInstance instance) {
        return assertThrows(IllegalArgumentException.class, instance::witness).getMessage();
    }

    /** Logits of 3, -3 and 0 in units of the table: classes 1, 0 and, since 0 counts as class 1, 1. */
    @Test
    void countsHitsByTheClassOfTheIndex() {
        assertEquals(3, score(CLASSES, 64, 0, 64, 0).hits());
        assertEquals(2, score(CLASSES, 64, 0, 0, 0).hits());
        assertEquals(0, score(CLASSES, 0, 64, 0, 0).hits());
    }

    @Test
    void refusesAnotherScoreThanTheModels() {
        final ExactScore score = score(CLASSES, 64, 0, 64, 0);
        instance(CLASSES, score, 64, 0, 64, 0).witness();
        assertEquals(
                "hits = 2 in the statement, the model has 3",
                refusal(instance(CLASSES, new ExactScore(2, score.squaredErrorSum()), 64, 0, 64, 0)));
        final BigInteger less = score.squaredErrorSum().subtract(BigInteger.ONE);
        assertEquals(
                "E = " + less + " in the statement, the model has " + score.squaredErrorSum(),
                refusal(instance(CLASSES, new ExactScore(3, less), 64, 0, 64, 0)));
        final ExactScore numbers = score(NUMBERS, 64, -5, 64, 0);
        instance(NUMBERS, numbers, 64, -5, 64, 0).witness();
        assertTrue(refusal(instance(NUMBERS, new ExactScore(0, BigInteger.ZERO), 64, -5, 64, 0))
                .startsWith("E = 0 in the statement, the model has " + numbers.squaredErrorSum()));
    }

    @Test
    void refusesTargetsOfNoClassAndOutOfRange() {
        assertEquals(
                "Y[1] is 32, not 0 or 64: this is no classification",
                refusal(instance(CLASSES, score(CLASSES, 64, 32, 64, 0), 64, 32, 64, 0)));
        assertEquals(
                "Y[2] is -64, not 0 or 64: this is no classification",
                refusal(instance(CLASSES, score(CLASSES, 64, 0, -64, 0), 64, 0, -64, 0)));
        assertEquals(
                "Y[2] is 128, not in signed 8 bits",
                refusal(instance(NUMBERS, score(NUMBERS, 64, -128, 128, 0), 64, -128, 128, 0)));
    }

    @Test
    void refusesTablesOfAnotherSizeThanTheStatements() {
        assertEquals(
                "Y has 2 values, the statement says 2^2",
                refusal(instance(CLASSES, new ExactScore(0, BigInteger.ZERO), 0, 0)));
    }
}
