package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.AggregateRelation;
import org.zkml.prover.relation.AggregateWitness;
import org.zkml.prover.relation.DatasetRelation;
import org.zkml.prover.relation.DatasetWitness;
import org.zkml.prover.relation.EvaluateRelation;
import org.zkml.prover.relation.EvaluateWitness;
import org.zkml.prover.relation.InferRelation;
import org.zkml.prover.relation.InferWitness;
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
                return new TrainWitness(
                        StatementJson.readTrain(vector.get("statement")), inputs, columns, activation());
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
        },
        INFER("infer_proof.json") {
            @Override
            Relation relation() {
                return new InferRelation(StatementJson.readInfer(vector.get("statement")));
            }

            @Override
            Witness witness() {
                return new InferWitness(
                        StatementJson.readInfer(vector.get("statement")),
                        external("X"),
                        external("W"),
                        external("P"),
                        activation());
            }
        },
        EVALUATE("evaluate_proof.json") {
            @Override
            Relation relation() {
                return new EvaluateRelation(StatementJson.readEvaluate(vector.get("statement")));
            }

            @Override
            Witness witness() {
                return new EvaluateWitness(
                        StatementJson.readEvaluate(vector.get("statement")),
                        external("X"),
                        external("Y"),
                        external("W"),
                        activation());
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

        int[] activation() {
            final JsonNode table = vector.get("inputs").get("table");
            final int[] activation = new int[table.size()];
            Arrays.setAll(activation, i -> table.get(i).asInt());
            return activation;
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

    @ParameterizedTest
    @EnumSource
    void combinesTheEquationsAsTheVectorsDo(Case c) throws MalformedProofException {
        final JsonNode expected = c.vector.get("verifier");
        final PadEquation equation = equation(c.relation(), new ReceivedProof(c.relation(), c.proof()));
        assertEquals(Vectors.scalar(expected.get("K")), equation.constant());
        assertEquals(Vectors.scalar(expected.get("theta")), equation.theta());
        final Map<String, Scalar[]> weights =
                Map.of("a_", equation.weightsA(), "b_", equation.weightsB(), "c_", equation.weightsC());
        weights.forEach((kind, all) -> {
            for (int j = 0; j < all.length; j++) {
                final JsonNode weight = expected.get("weights").get(kind + j);
                assertEquals(weight == null ? Scalar.ZERO : Vectors.scalar(weight), all[j], kind + j);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void weighsEveryPointAsTheVectorsDo(Case c) throws MalformedProofException {
        final Relation relation = c.relation();
        final ReceivedProof p = new ReceivedProof(relation, c.proof());
        final OpeningCoefficients p1 = new OpeningCoefficients(
                relation.structure(),
                ColumnWeights.at(relation.structure(), relation.linearClaims(p.challenges), p.lambda, p.u),
                equation(relation, p),
                new OpeningCoefficients.Point(p.u, p.kappa, p.y, p.x, p.a, p.e, p.z));
        final Map<String, Scalar> actual = new HashMap<>(
                Map.of("R", p1.r, "C_V", p1.v, "C_nu", p1.nu, "A", p1.a, "B", p1.b, "C", p1.c, "Q", p1.bigQ));
        actual.put("G", p1.one.sub(p.w.mul(p.e)));
        actual.put("g", p.w);
        actual.put("pi1", p.x);
        actual.put("pi2", p.w.mul(p.x.inverse()));
        for (int j = 0; j < p1.columns.length; j++) {
            actual.put(relation.structure().columns().get(j).name(), p1.columns[j]);
        }
        for (int k = 0; k < p1.quotients.length; k++) {
            actual.put("q" + k, p1.quotients[k]);
        }
        final Map<String, Scalar> expected = new HashMap<>();
        c.vector
                .get("verifier")
                .get("coefficients_of_lhs1")
                .properties()
                .forEach(entry -> expected.put(entry.getKey(), Vectors.scalar(entry.getValue())));
        assertEquals(expected, actual);
        assertEquals(
                Vectors.point(c.vector.get("verifier").get("lhs1_paired_with_1")),
                new OpeningSum(relation, p, p1).value());
    }

    private static PadEquation equation(Relation relation, ReceivedProof p) {
        return EquationBuilder.build(
                relation, p.challenges, relation.linearClaims(p.challenges), p.lambda, p.u, p.eta, p.sent);
    }
}
