package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.AggregateRelation;
import org.zkml.prover.relation.AggregateWitness;
import org.zkml.prover.relation.DatasetRelation;
import org.zkml.prover.relation.DatasetWitness;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainWitness;
import org.zkml.prover.vectors.Vectors;

/** Agreement with the independent implementation's proofs, byte for byte. */
class ProofVectorTest {

    enum Case {
        TRAIN("train_proof.json") {
            @Override
            Relation relation() {
                return new TrainRelation(StatementJson.readTrain(vector.get("statement")));
            }

            @Override
            Witness witness() {
                final TrainWitness.Inputs inputs =
                        new TrainWitness.Inputs(external("X"), external("Y"), external("W_in"), external("W_out"));
                final TrainWitness.Columns columns =
                        new TrainWitness.Columns(column("zi"), column("rem"), column("p"), column("aux"));
                final int b = vector.get("statement").get("b").asInt();
                final int[] activation = new int[1 << b];
                for (int i = 0; i < activation.length; i++) {
                    activation[i] = vector.get("inputs").get("table").get(i).asInt();
                }
                return new TrainWitness(StatementJson.readTrain(vector.get("statement")), inputs, columns, activation);
            }
        },
        DATASET("dataset_proof.json") {
            @Override
            Relation relation() {
                return new DatasetRelation(StatementJson.readDataset(vector.get("statement")));
            }

            @Override
            Witness witness() {
                return new DatasetWitness(
                        StatementJson.readDataset(vector.get("statement")), external("X"), external("Y"));
            }
        },
        AGGREGATE("aggregate_proof.json") {
            @Override
            Relation relation() {
                return new AggregateRelation(StatementJson.readAggregate(vector.get("statement")));
            }

            @Override
            Witness witness() {
                return new AggregateWitness(
                        StatementJson.readAggregate(vector.get("statement")), external("S"), external("W_next"));
            }
        };

        final JsonNode vector;

        Case(String file) {
            vector = Vectors.read(file);
        }

        abstract Relation relation();

        abstract Witness witness();

        MultilinearPolynomial column(String name) {
            return Vectors.polynomial(vector.get("columns").get(name).get("table"));
        }

        Witness.Blinded external(String name) {
            return new Witness.Blinded(
                    column(name), Vectors.scalar(vector.get("external_blinders").get(name)));
        }

        byte[] proof() {
            return Vectors.bytes(vector.get("proof"));
        }

        Scalar random(String label) {
            final JsonNode randomness = vector.get("randomness");
            if (label.startsWith("a_") && !"a_star".equals(label)) {
                return Vectors.scalar(randomness.get("a").get(Integer.parseInt(label.substring(2))));
            }
            if (label.startsWith("b_")) {
                return Vectors.scalar(randomness.get("b").get(Integer.parseInt(label.substring(2))));
            }
            final JsonNode own = randomness.get(label);
            return Vectors.scalar(own != null ? own : randomness.get("blinders").get(label));
        }

        Verification verify(byte[] proof) throws MalformedProofException {
            return Verifier.verify(relation(), SETUP.verifierKey(), proof);
        }
    }

    static final Setup SETUP = Vectors.setup(Case.TRAIN.vector.get("srs"));

    @ParameterizedTest
    @EnumSource
    void encodesTheStatement(Case c) {
        final byte[] encoded = c.relation().encodeStatement();
        assertArrayEquals(Vectors.bytes(c.vector.get("statement_bytes")), encoded);
        assertArrayEquals(Vectors.bytes(c.vector.get("statement_keccak")), Keccak256.hash(encoded));
    }

    @ParameterizedTest
    @EnumSource
    void acceptsTheProofAndTheSimulatedProof(Case c) throws MalformedProofException {
        assertTrue(c.verify(c.proof()).accepted());
        assertTrue(
                c.verify(Vectors.bytes(c.vector.get("simulated_proof_accepts"))).accepted());
    }

    @ParameterizedTest
    @EnumSource
    void rejectsEveryMutant(Case c) {
        final JsonNode mutants = c.vector.get("mutants_all_rejected");
        assertEquals(c.vector.get("messages").size(), mutants.size());
        for (JsonNode mutant : mutants) {
            final byte[] proof = c.proof();
            final byte[] replacement = Vectors.bytes(mutant.get("replacement"));
            System.arraycopy(replacement, 0, proof, mutant.get("offset").asInt(), replacement.length);
            assertFalse(isAccepted(c, proof), mutant.get("item").asText());
        }
    }

    private static boolean isAccepted(Case c, byte[] proof) {
        try {
            return c.verify(proof).accepted();
        } catch (MalformedProofException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenTheRandomnessTheProverWritesTheSameBytes(Case c) {
        final byte[] proof =
                Prover.prove(c.relation(), c.witness(), new Committer(SETUP), c::random, ProverProgress.SILENT);
        assertArrayEquals(c.proof(), proof);
    }

    @ParameterizedTest
    @EnumSource
    void slotsAreThoseOfTheVectors(Case c) {
        final Structure structure = c.relation().structure();
        assertEquals(c.vector.get("n1").asInt(), structure.n1());
        assertEquals(c.vector.get("n2").asInt(), structure.n2());
        assertEquals(c.vector.get("proof_bytes").asInt(), structure.proofBytes());
        assertEquals(c.vector.get("slots").size(), structure.hiddenMessages());
        for (String value : structure.values()) {
            assertSlot(c, value + "~", structure.valueSlot(value));
        }
        for (int i = 0; i < structure.hiddenSums().size(); i++) {
            assertSlot(c, structure.hiddenSums().get(i), structure.hiddenSlot(i));
        }
        final List<String> degrees = List.of("c0", "c2", "c3", "c4");
        for (int round = 0; round < structure.n1(); round++) {
            for (int place = 0; place < 4; place++) {
                final String name = "s1[" + (structure.n1() - 1 - round) + "]." + degrees.get(place);
                assertSlot(c, name, structure.firstSumcheckSlot(round, place));
            }
        }
        for (int round = 0; round < structure.n2(); round++) {
            for (int place = 0; place < 2; place++) {
                final String name = "s2[" + (structure.n2() - 1 - round) + "]." + degrees.get(place);
                assertSlot(c, name, structure.secondSumcheckSlot(round, place));
            }
        }
    }

    private static void assertSlot(Case c, String message, int slot) {
        final String expected = c.vector.get("slots").get(message).asText();
        assertEquals(expected, (slot % 2 == 0 ? "a_" : "b_") + slot / 2, message);
    }
}
