package org.zkml.prover.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.IntegerModel;
import org.zkml.prover.training.OutOfRangeException;

class InferenceModelTest {

    private static final Seller SELLER = new Seller(ModelKind.LOGISTIC, 1);

    @ParameterizedTest
    @EnumSource
    void answersWhatTheModelPredicts(ModelKind kind) {
        final Seller seller = new Seller(kind, 2);
        final QueryBatch batch = Seller.rows(5, 3);
        final Answer answer = seller.model.answer(batch);
        final ActivationTable table = seller.model.listed().table();
        final long[] weights = Arrays.copyOf(seller.opening.weights(), Seller.FEATURES);
        final IntegerModel reference = new IntegerModel(table, weights);
        final int[] expected = new int[5];
        Arrays.setAll(expected, row -> reference.predict(batch.values(), row));
        assertArrayEquals(expected, answer.tableValues());
        assertArrayEquals(reference.predictAll(batch.values(), 5), answer.realPredictions(table));
        assertEquals(3, answer.lq());
    }

    @Test
    void drawsFreshBlindersForTheSameRows() {
        final QueryBatch batch = Seller.rows(2, 4);
        final Answer first = SELLER.model.answer(batch);
        final Answer second = SELLER.model.answer(batch);
        assertArrayEquals(first.tableValues(), second.tableValues());
        assertNotEquals(first.rows().commitment(), second.rows().commitment());
        assertNotEquals(first.predictions().commitment(), second.predictions().commitment());
        assertNotEquals(first.rows().blinder(), first.predictions().blinder());
    }

    @Test
    void refusesWeightsOfAnotherModelThanTheListedOne() {
        final ListedModel listed = SELLER.model.listed();
        final ModelOpening other = ModelOpening.of(SELLER.opening.weights()); // another blinder
        final String refusal = assertThrows(
                        IllegalArgumentException.class, () -> new InferenceModel(listed, other, Seller.COMMITTER))
                .getMessage();
        assertTrue(refusal.startsWith("weights and blinder do not open the listed model, "), refusal);
        final ModelOpening longer =
                new ModelOpening(Arrays.copyOf(SELLER.opening.weights(), 8), SELLER.opening.blinder());
        assertEquals(listed.commitment(), longer.commit(Seller.COMMITTER));
        assertThrows(IllegalArgumentException.class, () -> new InferenceModel(listed, longer, Seller.COMMITTER));
    }

    @Test
    void namesRowsThatItCannotAnswer() {
        final QueryBatch wide = QueryBatch.of(new short[] {16, 1, 2, 3, 4}, 5);
        assertEquals(
                "rows of 5 features for a model of 3 (2^2 in the proof): encode them by the schema of the model's campaign",
                refusal(wide));
        final QueryBatch padded = QueryBatch.of(new short[] {16, 1, 2, 0}, 4);
        assertEquals(
                "rows of 4 features for a model of 3 (2^2 in the proof): encode them by the schema of the model's campaign",
                refusal(padded));
        final QueryBatch shifted = QueryBatch.of(new short[] {16, 1, 2, 15, 1, 2}, 3);
        assertEquals(
                "the first feature of row 1 is not the intercept, 16: encode the rows by the schema of the model's campaign",
                refusal(shifted));
        final QueryBatch large = QueryBatch.of(new short[] {16, 1, 2, 16, 128, 0}, 3);
        assertEquals("feature 1 of row 1 is 128, not from -128 to 127: clip it", refusal(large));
        final ModelOpening steep = ModelOpening.of(new long[] {0, 127L << 16, 127L << 16, 0});
        final InferenceModel model =
                new InferenceModel(Seller.listed(ModelKind.LINEAR, steep), steep, Seller.COMMITTER);
        final QueryBatch far = QueryBatch.of(new short[] {16, 0, 0, 16, 100, 100}, 3);
        assertEquals(
                1,
                assertThrows(OutOfRangeException.class, () -> model.answer(far)).index());
    }

    private static String refusal(QueryBatch batch) {
        return assertThrows(IllegalArgumentException.class, () -> SELLER.model.answer(batch))
                .getMessage();
    }

    /** A server that keeps an answer proves it later: of these rows, and of nothing else. */
    @Test
    void provesNoAnswerThatIsNotItsOwn() {
        final QueryBatch batch = Seller.rows(2, 5);
        final Answer answer = SELLER.model.answer(batch);
        final int[] changed = answer.tableValues();
        changed[1]++;
        final Answer other = new Answer(changed, answer.lq(), answer.rows(), answer.predictions());
        final String refusal = assertThrows(IllegalArgumentException.class, () -> SELLER.prove(batch, other))
                .getMessage();
        assertTrue(refusal.contains("commit to the model's predictions"), refusal);
        assertThrows(IllegalArgumentException.class, () -> SELLER.prove(Seller.rows(3, 6), answer));
    }

    @Test
    void saysNothingSecretInText() {
        final QueryBatch batch = Seller.rows(1, 7);
        final Answer answer = SELLER.model.answer(batch);
        final String text = SELLER.model + " " + answer + " " + answer.rows() + " " + answer.predictions();
        assertFalse(text.contains(answer.rows().blinder().toString()));
        assertFalse(text.contains(answer.predictions().blinder().toString()));
        assertEquals("answer about 1 rows", answer.toString());
    }
}
