package org.zkml.prover.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.inference.AnswerVerdict.Part;
import org.zkml.prover.inference.AnswerVerdict.Wrong;

/** A seller's every lie to a buyer about an answer: told from the truth. */
class AnswerCheckTest {

    private static final Seller SELLER = new Seller(ModelKind.LOGISTIC, 1);
    private static final AnswerCheck CHECK = SELLER.check();
    private static final QueryBatch BATCH = Seller.rows(3, 1);
    private static final Answer ANSWER = SELLER.model.answer(BATCH);
    private static final byte[] PROOF = SELLER.prove(BATCH, ANSWER);

    private static Part wrongPart(AnswerVerdict verdict) {
        return assertInstanceOf(Wrong.class, verdict).part();
    }

    private static Part wrongPart(Answer answer) throws MalformedProofException {
        return wrongPart(CHECK.check(Seller.CONTEXT, BATCH, answer, PROOF));
    }

    @ParameterizedTest
    @CsvSource({"1, LOGISTIC", "2, LINEAR", "3, POISSON", "4, LOGISTIC", "9, LOGISTIC"})
    void acceptsTrueAnswersOfAnyNumberOfRows(int rows, ModelKind kind) throws MalformedProofException {
        final Seller seller = new Seller(kind, rows);
        final QueryBatch batch = Seller.rows(rows, rows);
        final Answer answer = seller.model.answer(batch);
        assertTrue(seller.check().checkCommitments(batch, answer).right());
        final byte[] proof = seller.prove(batch, answer);
        assertTrue(seller.check().check(Seller.CONTEXT, batch, answer, proof).right());
    }

    @Test
    void refusesAnotherPredictionThanTheProvedOne() throws MalformedProofException {
        for (int row = 0; row < BATCH.rows(); row++) {
            final int[] changed = ANSWER.tableValues();
            changed[row]++;
            assertEquals(
                    Part.PREDICTIONS, wrongPart(new Answer(changed, ANSWER.lq(), ANSWER.rows(), ANSWER.predictions())));
            // a commitment to it does not help: the proof is about the model
            final HiddenColumn committed =
                    HiddenColumn.of(Answer.column(SELLER.model.listed(), ANSWER.lq(), changed), Seller.COMMITTER);
            assertEquals(Part.PROOF, wrongPart(new Answer(changed, ANSWER.lq(), ANSWER.rows(), committed)));
        }
    }

    @Test
    void refusesAnotherNumberOfPredictions() throws MalformedProofException {
        for (int count : new int[] {0, 2, 4}) {
            final int[] other = Arrays.copyOf(ANSWER.tableValues(), count);
            assertEquals(Part.SIZE, wrongPart(new Answer(other, ANSWER.lq(), ANSWER.rows(), ANSWER.predictions())));
        }
        for (int lq : new int[] {-1, 1, 3, 28}) {
            assertEquals(
                    Part.SIZE, wrongPart(new Answer(ANSWER.tableValues(), lq, ANSWER.rows(), ANSWER.predictions())));
        }
    }

    @Test
    void refusesAnAnswerAboutOtherRows() throws MalformedProofException {
        final QueryBatch other = Seller.rows(3, 2);
        assertEquals(Part.ROWS, wrongPart(CHECK.check(Seller.CONTEXT, other, ANSWER, PROOF)));
        final Answer aboutOthers = SELLER.model.answer(other);
        assertEquals(Part.ROWS, wrongPart(aboutOthers));
        // the right commitment of the buyer's rows, the proof of others
        assertEquals(
                Part.PROOF, wrongPart(CHECK.check(Seller.CONTEXT, BATCH, ANSWER, SELLER.prove(other, aboutOthers))));
    }

    @Test
    void refusesRowsThatAreNotTheModels() throws MalformedProofException {
        final short[] values = BATCH.values();
        final QueryBatch wider = new QueryBatch(Arrays.copyOf(values, 10), 5, BATCH.salt());
        assertEquals(Part.ROWS, wrongPart(CHECK.check(Seller.CONTEXT, wider, ANSWER, PROOF)));
        values[0]++;
        final QueryBatch withoutIntercept = new QueryBatch(values, BATCH.features(), BATCH.salt());
        assertEquals(Part.ROWS, wrongPart(CHECK.check(Seller.CONTEXT, withoutIntercept, ANSWER, PROOF)));
    }

    @Test
    void refusesBlindersAndCommitmentsThatDoNotFit() throws MalformedProofException {
        final HiddenColumn rows = ANSWER.rows();
        final HiddenColumn predictions = ANSWER.predictions();
        final Scalar other = rows.blinder().add(Scalar.ONE);
        assertEquals(
                Part.ROWS,
                wrongPart(new Answer(
                        ANSWER.tableValues(), ANSWER.lq(), new HiddenColumn(rows.commitment(), other), predictions)));
        assertEquals(
                Part.PREDICTIONS,
                wrongPart(new Answer(
                        ANSWER.tableValues(), ANSWER.lq(), rows, new HiddenColumn(predictions.commitment(), other))));
        assertEquals(Part.ROWS, wrongPart(new Answer(ANSWER.tableValues(), ANSWER.lq(), predictions, rows)));
    }

    @Test
    void refusesAProofOfAnotherAnswerToTheSameRows() throws MalformedProofException {
        assertEquals(Part.PROOF, wrongPart(SELLER.model.answer(BATCH)));
    }

    /** A proof is for one chain, market, seller, model and query. */
    @Test
    void refusesAProofOfAnotherQuery() throws MalformedProofException {
        final QueryContext c = Seller.CONTEXT;
        final BigInteger one = BigInteger.ONE;
        for (QueryContext other : List.of(
                new QueryContext(c.chainId().add(one), c.market(), c.seller(), c.modelId(), c.queryId()),
                new QueryContext(c.chainId(), c.market().add(one), c.seller(), c.modelId(), c.queryId()),
                new QueryContext(c.chainId(), c.market(), c.seller().add(one), c.modelId(), c.queryId()),
                new QueryContext(
                        c.chainId(), c.market(), c.seller(), c.modelId().add(one), c.queryId()),
                new QueryContext(
                        c.chainId(),
                        c.market(),
                        c.seller(),
                        c.modelId(),
                        c.queryId().add(one)))) {
            assertEquals(Part.PROOF, wrongPart(CHECK.check(other, BATCH, ANSWER, PROOF)), other::toString);
        }
    }

    @Test
    void refusesTheAnswerOfAnotherModel() throws MalformedProofException {
        final Seller other = new Seller(ModelKind.LOGISTIC, 9);
        assertEquals(Part.PROOF, wrongPart(other.check().check(Seller.CONTEXT, BATCH, ANSWER, PROOF)));
        // the same weights under another blinder are another listing
        final ListedModel again = Seller.listed(ModelKind.LOGISTIC, ModelOpening.of(SELLER.opening.weights()));
        assertEquals(
                Part.PROOF,
                wrongPart(new AnswerCheck(again, Seller.COMMITTER).check(Seller.CONTEXT, BATCH, ANSWER, PROOF)));
        // and so is another activation
        final ListedModel linear = Seller.listed(ModelKind.LINEAR, SELLER.opening);
        final Answer zerosOfLinear = new Answer(
                ANSWER.tableValues(),
                ANSWER.lq(),
                ANSWER.rows(),
                HiddenColumn.of(Answer.column(linear, ANSWER.lq(), ANSWER.tableValues()), Seller.COMMITTER));
        assertEquals(
                Part.PROOF,
                wrongPart(
                        new AnswerCheck(linear, Seller.COMMITTER).check(Seller.CONTEXT, BATCH, zerosOfLinear, PROOF)));
    }

    @Test
    void refusesChangedBytesAndOtherLengths() throws MalformedProofException {
        final byte[] changed = PROOF.clone();
        changed[changed.length / 2] ^= 1;
        try {
            assertEquals(Part.PROOF, wrongPart(CHECK.check(Seller.CONTEXT, BATCH, ANSWER, changed)));
        } catch (MalformedProofException e) {
            assertTrue(e.offset() <= changed.length / 2, e.getMessage());
        }
        for (int length : new int[] {0, PROOF.length - 32, PROOF.length + 32}) {
            assertThrows(
                    MalformedProofException.class,
                    () -> CHECK.check(Seller.CONTEXT, BATCH, ANSWER, Arrays.copyOf(PROOF, length)));
        }
    }

    @Test
    void theStatementIsTheSellersAndTheListedModels() {
        final var statement = CHECK.statement(Seller.CONTEXT, ANSWER);
        assertEquals(Seller.CONTEXT.seller(), statement.server());
        assertEquals(Seller.CONTEXT.market(), statement.registry());
        assertEquals(Seller.CONTEXT.modelId(), statement.listingId());
        assertEquals(Seller.CONTEXT.queryId(), statement.queryId());
        assertEquals(SELLER.model.listed().commitment(), statement.w());
        assertEquals(ANSWER.rows().commitment(), statement.x());
        assertEquals(ANSWER.predictions().commitment(), statement.p());
        assertEquals(2, statement.lq());
    }
}
