package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Mutation.Verdict;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.TrainingShape;

/**
 * Proofs of every corner of the relations' shapes and of random ones are made, accepted, and equal to those that the contract's tests verify (docs/proof-system.md, section 8,
 * items 1 and 5).
 */
class CompletenessTest {

    private static final KnownSetup SETUP = KnownSetup.of(17);

    @TestFactory
    Stream<DynamicTest> provesEveryShape() {
        return Stream.of(ProofFixture.values()).flatMap(fixture -> {
            final JsonNode written = fixture.read().get("cases");
            final List<ProofCase> cases = fixture.cases();
            assertEquals(cases.size(), written.size(), ProofFixture.HOW_TO_WRITE);
            return cases.stream()
                    .map(proved -> DynamicTest.dynamicTest(
                            fixture + " " + proved, () -> assertProved(proved, written.get(cases.indexOf(proved)))));
        });
    }

    private static void assertProved(ProofCase proved, JsonNode written) throws MalformedProofException {
        final Instance instance = proved.make(SETUP);
        final byte[] proof = proved.prove(instance, SETUP);
        assertTrue(Verifier.verify(instance.relation(), SETUP.key(), proof).accepted());
        assertEquals(proved.name(), written.get("name").asText(), ProofFixture.HOW_TO_WRITE);
        assertEquals(written.get("statement"), instance.statementJson(), ProofFixture.HOW_TO_WRITE);
        assertEquals(written.get("proof").asText(), "0x" + HexFormat.of().formatHex(proof), ProofFixture.HOW_TO_WRITE);
        if (instance.relation() instanceof InferRelation infer) {
            final InferStatement statement = infer.statement();
            assertEquals(
                    infer.structure().n2(), InferRelation.variables(statement.lq(), statement.lk(), statement.b()));
        }
        if (instance.relation() instanceof EvaluateRelation evaluate) {
            final EvaluateStatement statement = evaluate.statement();
            assertEquals(
                    evaluate.structure().n2(),
                    EvaluateRelation.variables(statement.ln(), statement.lk(), statement.b()));
        }
    }

    /** Inverses that are committed by the sums of what looks up the same, and are the largest columns. */
    @Test
    void provesManyRowsWithASmallTable() throws MalformedProofException {
        final Instance run =
                TrainInstance.random(new TrainingShape(1, 9, 2, 3, 8, 8), ModelKind.LOGISTIC, 1000, 5, SETUP);
        final Instance data = DatasetInstance.random(new DatasetInstance.Shape(10, 2, 8, 1000, 3), 5, SETUP);
        for (Instance instance : List.of(run, data)) {
            final byte[] proof =
                    Prover.prove(instance.relation(), instance.witness(), SETUP.committer(), ProverProgress.SILENT);
            assertTrue(Verifier.verify(instance.relation(), SETUP.key(), proof).accepted());
        }
    }

    /** The proof that the contract's gas is measured with. */
    @Test
    void acceptsTheLargeProof() throws IOException, MalformedProofException {
        final Relation relation = StatementJson.readRelation(LargeProof.statement());
        assertEquals(20, relation.structure().n1());
        assertEquals(20, relation.structure().n2());
        assertTrue(Verifier.verify(relation, SETUP.key(), LargeProof.proof()).accepted());
    }

    /** The contract's tests hold the Solidity verifier to the same verdicts. */
    @ParameterizedTest
    @EnumSource
    void refusesTheMutantsOfTheFixtures(ProofFixture fixture) throws MalformedProofException {
        for (JsonNode written : fixture.read().get("cases")) {
            final Relation relation = StatementJson.readRelation(written.get("statement"));
            for (JsonNode mutant : written.get("mutants")) {
                final byte[] proof = ProofFixture.mutant(written, mutant);
                final String name = written.get("name").asText() + ": " + mutant;
                switch (Verdict.valueOf(mutant.get("verdict").asText())) {
                    case MALFORMED ->
                        assertThrows(
                                MalformedProofException.class,
                                () -> Verifier.verify(relation, SETUP.key(), proof),
                                name);
                    case REJECTED ->
                        assertInstanceOf(
                                Verification.Rejected.class, Verifier.verify(relation, SETUP.key(), proof), name);
                }
            }
        }
    }
}
