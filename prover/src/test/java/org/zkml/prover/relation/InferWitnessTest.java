package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.training.OutOfRangeException;

class InferWitnessTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final InferInstance.Shape SHAPE = new InferInstance.Shape(1, 1, 8, ModelKind.LINEAR);

    private static Blinded blinded(int... values) {
        return new Blinded(MultilinearPolynomial.ofSmall(values), Scalar.ONE);
    }

    private static String refusal(Blinded x, Blinded w, Blinded p) {
        final InferStatement statement = InferInstance.statement(SHAPE, 1, x, w, p, SETUP);
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new InferWitness(statement, x, w, p, SHAPE.table().values()))
                .getMessage();
    }

    @Test
    void refusesPredictionsOfAnotherModel() {
        final Blinded x = blinded(16, 1, 16, -1);
        final Blinded w = blinded(1 << 12, 1 << 12); // 1 and 1, with 12 fractional bits
        // logits 17/16 and 15/16, rounded half up to units of 1: 1 and 1
        new InferWitness(
                InferInstance.statement(SHAPE, 1, x, w, blinded(16, 16), SETUP),
                x,
                w,
                blinded(16, 16),
                SHAPE.table().values());
        assertEquals(
                "P[1] is 15, the model says 16: commit to the model's predictions", refusal(x, w, blinded(16, 15)));
    }

    @Test
    void refusesTablesOfAnotherSizeThanTheStatements() {
        final Blinded x = blinded(16, 1, 16, -1);
        assertEquals("X has 2 values, the statement says 2^2", refusal(blinded(16, 1), blinded(0, 0), blinded(0, 0)));
        assertEquals("W has 4 values, the statement says 2^1", refusal(x, blinded(0, 0, 0, 0), blinded(0, 0)));
        assertEquals("P has 1 values, the statement says 2^1", refusal(x, blinded(0, 0), blinded(0)));
    }

    @Test
    void namesTheValueThatIsOutOfRange() {
        final Blinded w = blinded(1 << 12, 1 << 12);
        assertEquals(
                "feature 1 of row 1 is 128, not from -128 to 127: clip it",
                refusal(blinded(16, 1, 16, 128), w, blinded(0, 0)));
        final FixedPoint format = SHAPE.format();
        final Blinded tooLarge =
                new Blinded(MultilinearPolynomial.ofLongs(new long[] {0, format.weightEnd()}), Scalar.ONE);
        assertTrue(refusal(blinded(0, 0, 0, 0), tooLarge, blinded(0, 0))
                .startsWith("weight 1 is " + format.weightEnd() + ", not from " + format.weightMin()));
        final MultilinearPolynomial noModel = MultilinearPolynomial.ofLongs(new long[2]);
        noModel.values().set(0, Scalar.of(BigInteger.ONE.shiftLeft(70)));
        assertTrue(refusal(blinded(0, 0, 0, 0), new Blinded(noModel, Scalar.ONE), blinded(0, 0))
                .startsWith("weight 0 is " + BigInteger.ONE.shiftLeft(70) + ":"));
    }

    @Test
    void namesTheRowWhoseLogitIsOutOfRange() {
        final Blinded x = blinded(0, 0, 127, 127);
        final Blinded w = blinded(128 << 8, 130 << 8);
        final InferStatement statement = InferInstance.statement(SHAPE, 1, x, w, blinded(0, 0), SETUP);
        final OutOfRangeException refusal = assertThrows(
                OutOfRangeException.class,
                () -> new InferWitness(
                        statement, x, w, blinded(0, 0), SHAPE.table().values()));
        assertEquals(1, refusal.index());
    }
}
