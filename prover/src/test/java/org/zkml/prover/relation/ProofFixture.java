package org.zkml.prover.relation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Mutation;
import org.zkml.prover.engine.ProofFields;
import org.zkml.prover.engine.ProofFields.Field;

/** The files of proofs that the contract's tests verify on the deployed bytecode. */
enum ProofFixture {
    TRAIN("train-shapes.json", ProofCase::train),
    DATASET("dataset-shapes.json", ProofCase::dataset),
    AGGREGATE("aggregate-shapes.json", ProofCase::aggregate),
    INFER("infer-shapes.json", ProofCase::infer),
    EVALUATE("evaluate-shapes.json", ProofCase::evaluate);

    static final String COMMAND = "mvn -pl prover test -Dtest=ProofFixtureWriter -Dzkml.write.fixtures=true";
    static final String HOW_TO_WRITE = "the fixture is another; if the change is meant, run " + COMMAND;

    private static final Path FOLDER = Path.of("../contracts/test/fixtures");
    private static final int MUTANTS = 6;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;
    private final Supplier<List<ProofCase>> cases;

    ProofFixture(String file, Supplier<List<ProofCase>> cases) {
        this.file = file;
        this.cases = cases;
    }

    List<ProofCase> cases() {
        return cases.get();
    }

    JsonNode read() {
        try {
            return MAPPER.readTree(FOLDER.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes all proofs again. */
    void write(KnownSetup setup) throws IOException {
        final ObjectNode root = MAPPER.createObjectNode()
                .put("producer", "org.zkml.prover.relation.ProofCase, all randomness from each case's name")
                .put("setup", "known: tau and xi are keccak256(\"setup of the tests/tau\") and (\"../xi\") mod r")
                .put("command", COMMAND);
        final ArrayNode written = root.putArray("cases");
        for (ProofCase proved : cases()) {
            final Instance instance = proved.make(setup);
            final byte[] proof = proved.prove(instance, setup);
            final ObjectNode entry = written.addObject().put("name", proved.name());
            entry.set("statement", instance.statementJson());
            entry.put("proof", hex(proof));
            addMutants(
                    entry.putArray("mutants"),
                    proof,
                    ProofFields.of(instance.relation().structure()),
                    proved);
        }
        Files.writeString(
                FOLDER.resolve(file), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    /** A few random fields with a random mutation each: where the bytes change, and to what. */
    private static void addMutants(ArrayNode mutants, byte[] proof, List<Field> fields, ProofCase proved) {
        final Random random = new Random(proved.name().hashCode());
        for (int i = 0; i < MUTANTS; i++) {
            final Field field = fields.get(random.nextInt(fields.size()));
            final List<Mutation> possible = Mutation.of(field);
            final Mutation mutation = possible.get(random.nextInt(possible.size()));
            final byte[] mutant = mutation.mutate(proof, field, fields);
            final int from = Arrays.mismatch(proof, mutant);
            int to = proof.length;
            while (proof[to - 1] == mutant[to - 1]) {
                to--;
            }
            mutants.addObject()
                    .put("field", field.name())
                    .put("mutation", mutation.name())
                    .put("offset", from)
                    .put("replacement", hex(Arrays.copyOfRange(mutant, from, to)))
                    .put("verdict", mutation.expected().name());
        }
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText().substring(2));
    }

    /** The mutated proof. */
    static byte[] mutant(JsonNode proved, JsonNode mutant) {
        final byte[] proof = bytes(proved.get("proof"));
        final byte[] replacement = bytes(mutant.get("replacement"));
        System.arraycopy(replacement, 0, proof, mutant.get("offset").asInt(), replacement.length);
        return proof;
    }
}
