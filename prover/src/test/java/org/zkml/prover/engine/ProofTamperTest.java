package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.ProofFields.Field;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.AggregateInstance;
import org.zkml.prover.relation.DatasetInstance;
import org.zkml.prover.relation.EvaluateInstance;
import org.zkml.prover.relation.InferInstance;
import org.zkml.prover.relation.Instance;
import org.zkml.prover.relation.TrainInstance;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;
import org.zkml.prover.vectors.Vectors;

/** Every point and scalar of a proof, tampered with in every way (docs/proof-system.md, section 8, item 2). */
class ProofTamperTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);

    enum Case {
        TRAIN(
                "train_proof.json",
                TrainInstance.random(new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, 1, SETUP)),
        DATASET("dataset_proof.json", DatasetInstance.random(new DatasetInstance.Shape(3, 2, 8, 7, 3), 2, SETUP)),
        AGGREGATE("aggregate_proof.json", AggregateInstance.random(new AggregateInstance.Shape(2, 8, 148), 3, SETUP)),
        INFER("infer_proof.json", InferInstance.random(new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC), 4, SETUP)),
        EVALUATE(
                "evaluate_proof.json",
                EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LOGISTIC), 5, SETUP)),
        REGRESSION(null, EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LINEAR), 6, SETUP));

        /** Null where there is none. */
        final JsonNode vector;

        final Relation relation;
        final List<Field> fields;
        final byte[] proof;

        Case(String file, Instance instance) {
            vector = file == null ? null : Vectors.read(file);
            relation = instance.relation();
            fields = ProofFields.of(relation.structure());
            proof = UncheckedProver.prove(
                    relation, instance.witness(), SETUP.committer(), new SeededScalars("tampered " + name()));
        }

        Verification verify(byte[] bytes) throws MalformedProofException {
            return Verifier.verify(relation, SETUP.key(), bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REGRESSION")
    void theManifestNamesEveryMessageOfTheVectors(Case c) {
        final List<String> expected = StreamSupport.stream(
                        c.vector.get("messages").spliterator(), false)
                .map(message ->
                        message.get("name").asText() + " " + message.get("kind").asText())
                .toList();
        final List<String> actual = c.fields.stream()
                .map(field -> field.name() + " " + (field.point() ? "point" : "scalar"))
                .toList();
        assertEquals(expected, actual);
    }

    @ParameterizedTest
    @EnumSource
    void theManifestCoversEveryByte(Case c) {
        int offset = 0;
        for (Field field : c.fields) {
            assertEquals(offset, field.offset());
            offset += field.sizeBytes();
        }
        assertEquals(c.proof.length, offset);
    }

    @ParameterizedTest
    @EnumSource
    void acceptsTheProofItself(Case c) throws MalformedProofException {
        assertTrue(c.verify(c.proof).accepted());
    }

    @TestFactory
    List<DynamicTest> everyMutationOfEveryFieldIsRefused() {
        final List<DynamicTest> tests = new ArrayList<>();
        for (Case c : Case.values()) {
            for (Field field : c.fields) {
                for (Mutation mutation : Mutation.of(field)) {
                    tests.add(DynamicTest.dynamicTest(
                            c + " " + field.name() + " " + mutation, () -> assertRefused(c, field, mutation)));
                }
            }
        }
        return tests;
    }

    private static void assertRefused(Case c, Field field, Mutation mutation) throws MalformedProofException {
        final byte[] mutant = mutation.mutate(c.proof, field, c.fields);
        assertFalse(Arrays.equals(c.proof, mutant));
        switch (mutation.expected()) {
            case MALFORMED -> {
                final MalformedProofException refusal =
                        assertThrows(MalformedProofException.class, () -> c.verify(mutant));
                assertEquals(field.offset(), refusal.offset());
            }
            case REJECTED -> {
                final Verification.Rejected verdict = (Verification.Rejected) c.verify(mutant);
                assertEquals(Verification.Stage.OPENING, verdict.stage());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnyOtherLength(Case c) {
        final int length = c.proof.length;
        for (int other :
                new int[] {0, 1, 31, 32, 64, length - 64, length - 32, length - 1, length + 1, length + 32, length + 64
                }) {
            final MalformedProofException refusal = assertThrows(
                    MalformedProofException.class, () -> c.verify(Arrays.copyOf(c.proof, other)), "length " + other);
            assertEquals(Math.min(length, other), refusal.offset());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAFieldLeftOutOrSentTwice(Case c) {
        for (Field field : c.fields) {
            final int end = field.offset() + field.sizeBytes();
            final byte[] without = Arrays.copyOf(c.proof, c.proof.length - field.sizeBytes());
            System.arraycopy(c.proof, end, without, field.offset(), c.proof.length - end);
            assertThrows(MalformedProofException.class, () -> c.verify(without), field.name());
            final byte[] twice = Arrays.copyOf(c.proof, c.proof.length + field.sizeBytes());
            System.arraycopy(c.proof, field.offset(), twice, end, c.proof.length - field.offset());
            assertThrows(MalformedProofException.class, () -> c.verify(twice), field.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsNoProofOfAnotherRelation(Case c) throws MalformedProofException {
        for (Case other : Case.values()) {
            if (other.proof.length != c.proof.length) {
                assertThrows(MalformedProofException.class, () -> c.verify(other.proof), other.name());
            } else if (other != c) {
                assertFalse(c.verify(other.proof).accepted(), other.name());
            }
        }
    }
}
