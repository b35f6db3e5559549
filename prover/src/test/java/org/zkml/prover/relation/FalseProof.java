package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.UncheckedProver;
import org.zkml.prover.engine.Weakening;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/**
 * The best proof that a liar can make of a false statement; the contract's tests hold the Solidity verifier to refusing them all.
 *
 * @param name what is false
 */
record FalseProof(String name, Supplier<Relation> statement, Supplier<byte[]> maker) {

    static final String COMMAND = "mvn -pl prover test -Dtest=FalseProofWriter -Dzkml.write.fixtures=true";

    private static final Path FILE = Path.of("../contracts/test/fixtures/false-proofs.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Function<String, Scalar> RANDOMNESS = new SeededScalars("liars");

    /** The proof; it must be the one in the contract tests' file. */
    byte[] proveAsWritten() {
        final byte[] proof = maker.get();
        assertEquals(
                written(),
                hex(proof),
                () -> name + " in the fixture is another; if the change is meant, run " + COMMAND);
        return proof;
    }

    static FalseProof of(TrainLie lie) {
        return new FalseProof("TRAIN " + lie, () -> new TrainLiar(lie, SETUP).relation(), () -> {
            final TrainLiar liar = new TrainLiar(lie, SETUP);
            return UncheckedProver.prove(liar.relation(), liar, SETUP.committer(), RANDOMNESS);
        });
    }

    static FalseProof of(DatasetLie lie) {
        return new FalseProof("DATASET " + lie, () -> lie.instance(SETUP).relation(), () -> {
            final DatasetInstance instance = lie.instance(SETUP);
            return UncheckedProver.prove(
                    instance.relation(), new DatasetLiar(instance, lie), SETUP.committer(), RANDOMNESS);
        });
    }

    static FalseProof of(AggregateLie lie) {
        return new FalseProof("AGGREGATE " + lie, () -> new AggregateLiar(lie, SETUP).relation(), () -> {
            final AggregateLiar liar = new AggregateLiar(lie, SETUP);
            return UncheckedProver.prove(liar.relation(), liar, SETUP.committer(), RANDOMNESS);
        });
    }

    static FalseProof of(ModelForm form, ModelLie lie) {
        return new FalseProof(form + " " + lie, () -> new ModelLiar(form, lie, SETUP).relation(), () -> {
            final ModelLiar liar = new ModelLiar(form, lie, SETUP);
            return UncheckedProver.prove(liar.relation(), liar, SETUP.committer(), RANDOMNESS);
        });
    }

    static FalseProof of(EngineAttack attack) {
        return new FalseProof(
                "engine " + attack,
                attack::relation,
                () -> attack.prover(Weakening.none()).prove());
    }

    static FalseProof of(ExternalColumnAttack attack) {
        return new FalseProof(
                "large " + attack,
                () -> attack.relation(ExternalColumnAttack.DELTA),
                () -> attack.prover(ExternalColumnAttack.DELTA, true).prove());
    }

    static FalseProof hiddenRow() {
        return new FalseProof("hidden row", () -> Samples.dataWithAHiddenRow().relation(), () -> {
            final DatasetInstance hidden = Samples.dataWithAHiddenRow();
            return UncheckedProver.prove(hidden.relation(), hidden.witness(), SETUP.committer(), RANDOMNESS);
        });
    }

    static List<FalseProof> all() {
        final List<FalseProof> all = new ArrayList<>();
        for (TrainLie lie : TrainLie.values()) {
            if (lie != TrainLie.NONE) {
                all.add(of(lie));
            }
        }
        for (DatasetLie lie : DatasetLie.values()) {
            if (lie != DatasetLie.NONE) {
                all.add(of(lie));
            }
        }
        for (AggregateLie lie : AggregateLie.values()) {
            if (lie != AggregateLie.NONE) {
                all.add(of(lie));
            }
        }
        for (ModelForm form : ModelForm.values()) {
            ModelLie.of(form).forEach(lie -> all.add(of(form, lie)));
        }
        for (EngineAttack attack : EngineAttack.values()) {
            all.add(of(attack));
        }
        for (ExternalColumnAttack attack : ExternalColumnAttack.values()) {
            all.add(of(attack));
        }
        all.add(hiddenRow());
        return all;
    }

    private static JsonNode read() {
        try {
            return MAPPER.readTree(FILE.toFile()).get("cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The proof in the contract tests' file, as hex. */
    private String written() {
        for (JsonNode entry : read()) {
            if (entry.get("name").asText().equals(name)) {
                return entry.get("proof").asText();
            }
        }
        throw new IllegalStateException("no proof of \"" + name + "\": run " + COMMAND);
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private static ObjectNode json(Relation relation) {
        return switch (relation) {
            case TrainRelation train -> StatementJson.write(train.statement());
            case DatasetRelation dataset -> StatementJson.write(dataset.statement());
            case AggregateRelation average -> StatementJson.write(average.statement());
            case InferRelation answer -> StatementJson.write(answer.statement());
            case EvaluateRelation score -> StatementJson.write(score.statement());
            default -> throw new IllegalStateException("unknown relation " + relation);
        };
    }

    static void write() throws IOException {
        final ObjectNode root = MAPPER.createObjectNode()
                .put("producer", "org.zkml.prover.relation.FalseProof, all randomness from fixed labels")
                .put("command", COMMAND);
        final ArrayNode cases = root.putArray("cases");
        for (FalseProof each : all()) {
            cases.addObject()
                    .put("name", each.name)
                    .put("proof", hex(each.maker.get()))
                    .set("statement", json(each.statement.get()));
        }
        Files.writeString(FILE, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
