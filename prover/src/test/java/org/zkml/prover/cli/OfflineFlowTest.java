package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.AggregateInstance;
import org.zkml.prover.relation.EvaluateInstance;
import org.zkml.prover.relation.InferInstance;
import org.zkml.prover.relation.Instance;

/** From a CSV file to a verified proof without a chain, by the commands that a provider types. */
class OfflineFlowTest {

    @TempDir
    private static Path shared;

    private static SmallCampaign campaign;
    private static Path proofs;

    @BeforeAll
    static void commitAndProve() throws IOException {
        campaign = new SmallCampaign(shared).committed();
        proofs = shared.resolve("proofs");
        prove().requireDone();
    }

    private static Cli.Run prove(Object... more) {
        final List<Object> arguments = new java.util.ArrayList<>(
                List.of("prove", "--task", campaign.task(), "--out", proofs, "-w", campaign.workspace(), "--json"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    private static Cli.Run verify(Path proof, Path statement, Object... more) {
        final List<Object> arguments =
                new java.util.ArrayList<>(List.of("verify", "--proof", proof, "--statement", statement));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    @Test
    void acceptsItsTrainingProof() {
        final Cli.Run run = verify(
                proofs.resolve("proof.bin"), proofs.resolve("statement.json"), "--setup", campaign.setup(), "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.json().get("valid").asBoolean());
        assertEquals("TRAIN", run.json().get("relation").asText());
    }

    @Test
    void acceptsItsDatasetProof() {
        final Path folder = campaign.workspace().resolve("datasets/data");
        final Cli.Run run =
                verify(folder.resolve("proof.bin"), folder.resolve("statement.json"), "--setup", campaign.setup());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("committed 12 rows of 3 features"), run.out());
    }

    @Test
    void acceptsAProofThatARoundWasAveraged(@TempDir Path folder) throws IOException {
        final KnownSetup setup = KnownSetup.of(8);
        final AggregateInstance average = AggregateInstance.random(new AggregateInstance.Shape(2, 8, 148), 3, setup);
        final Path statement = folder.resolve("statement.json");
        final Path proof = folder.resolve("proof.bin");
        Files.writeString(statement, average.statementJson().toString());
        Files.write(
                proof, Prover.prove(average.relation(), average.witness(), setup.committer(), ProverProgress.SILENT));
        final Cli.Run run = verify(proof, statement, "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("AGGREGATE", run.json().get("relation").asText());
        assertTrue(run.err().contains("is the average of round 3, of total weight 148"), run.err());
        Files.writeString(statement, average.statementJson().put("N", "149").toString());
        assertEquals(1, verify(proof, statement).exitCode());
        Files.writeString(statement, average.statementJson().put("N", "65537").toString());
        final Cli.Run refused = verify(proof, statement);
        assertEquals(3, refused.exitCode());
        assertTrue(refused.err().contains("N = 65537 must be from 1 to 65536"), refused.err());
    }

    private static Cli.Run verify(Path folder, Instance instance, KnownSetup setup) throws IOException {
        final Path statement = folder.resolve("statement.json");
        final Path proof = folder.resolve("proof.bin");
        Files.writeString(statement, instance.statementJson().toString());
        Files.write(
                proof, Prover.prove(instance.relation(), instance.witness(), setup.committer(), ProverProgress.SILENT));
        return verify(proof, statement, "--json");
    }

    @Test
    void acceptsAProofOfAnswers(@TempDir Path folder) throws IOException {
        final KnownSetup setup = KnownSetup.of(10);
        final InferInstance answer =
                InferInstance.random(new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC), 3, setup);
        final Cli.Run run = verify(folder, answer, setup);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("INFER", run.json().get("relation").asText());
        final String said = "answered query " + answer.statement().queryId()
                + " to the model of listing 3, up to 4 rows, on chain 31337";
        assertTrue(run.err().contains(said), run.err());
        final Path other = folder.resolve("other.json");
        Files.writeString(other, answer.statementJson().put("queryId", "4").toString());
        assertEquals(1, verify(folder.resolve("proof.bin"), other).exitCode());
    }

    @Test
    void acceptsProofsOfScores(@TempDir Path folder) throws IOException {
        final KnownSetup setup = KnownSetup.of(10);
        final EvaluateInstance score =
                EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LOGISTIC), 3, setup);
        final Cli.Run run = verify(folder, score, setup);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("EVALUATE", run.json().get("relation").asText());
        final String said = "the model of round 3 of campaign 3 has "
                + score.statement().hits() + " of 7 rows right on a data set of 7 rows";
        assertTrue(run.err().contains(said), run.err());
        final Path other = folder.resolve("other.json");
        Files.writeString(
                other,
                score.statementJson()
                        .put("hits", Long.toString((score.statement().hits() + 1) % 8))
                        .toString());
        assertEquals(1, verify(folder.resolve("proof.bin"), other).exitCode());
        final EvaluateInstance regression =
                EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LINEAR), 3, setup);
        final Cli.Run numbers = verify(folder, regression, setup);
        assertEquals(0, numbers.exitCode(), numbers.err());
        assertTrue(numbers.err().contains("a mean squared error of "), numbers.err());
    }

    /** With a setup, answers and scores must be about an activation of its. */
    @Test
    void rejectsAnswersAndScoresWithAForeignTable(@TempDir Path folder) throws IOException {
        final KnownSetup setup = KnownSetup.of(10);
        final JsonNode training =
                new ObjectMapper().readTree(proofs.resolve("statement.json").toFile());
        for (Instance instance : List.of(
                InferInstance.random(new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC), 3, setup),
                EvaluateInstance.random(new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LOGISTIC), 3, setup))) {
            final Path statement = folder.resolve("statement.json");
            final ObjectNode json = instance.statementJson();
            json.set("tau2", training.get("tau2"));
            json.set("xi2", training.get("xi2"));
            Files.writeString(statement, json.toString());
            final Cli.Run foreign =
                    verify(proofs.resolve("proof.bin"), statement, "--setup", campaign.setup(), "--json");
            assertEquals(1, foreign.exitCode(), foreign.err());
            assertTrue(foreign.err().contains("C_table is the commitment of no activation table"), foreign.err());
            List.of("C_table", "b", "fp").forEach(field -> json.set(field, training.get(field)));
            Files.writeString(statement, json.toString());
            final Cli.Run own = verify(proofs.resolve("proof.bin"), statement, "--setup", campaign.setup(), "--json");
            assertEquals(1, own.exitCode(), own.err());
            assertFalse(own.err().contains("C_table"), own.err());
        }
    }

    @Test
    void warnsWhenTheKeyIsTheStatementsOwn() {
        final Cli.Run run = verify(proofs.resolve("proof.bin"), proofs.resolve("statement.json"));
        assertEquals(0, run.exitCode());
        assertTrue(run.err().contains("the verifying key is the statement's own"), run.err());
    }

    @Test
    void rejectsAStatementThatSaysSomethingElse(@TempDir Path folder) throws IOException {
        final Path statement = folder.resolve("statement.json");
        Files.writeString(
                statement,
                Files.readString(proofs.resolve("statement.json")).replace("\"round\" : \"0\"", "\"round\" : \"1\""));
        final Cli.Run run = verify(proofs.resolve("proof.bin"), statement, "--setup", campaign.setup(), "--json");
        assertEquals(1, run.exitCode());
        assertFalse(run.json().get("valid").asBoolean());
        assertTrue(run.err().contains("NOT valid: stage OPENING"), run.err());
    }

    @Test
    void rejectsATruncatedProof(@TempDir Path folder) throws IOException {
        final byte[] proof = Files.readAllBytes(proofs.resolve("proof.bin"));
        final Path truncated = folder.resolve("proof.bin");
        Files.write(truncated, Arrays.copyOf(proof, proof.length - 64));
        final Cli.Run run = verify(truncated, proofs.resolve("statement.json"));
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains(truncated + ": "), run.out());
        assertTrue(run.out().contains("at byte"), run.out());
    }

    @Test
    void rejectsAStatementAboutAnotherSetup(@TempDir Path folder) {
        final Path other = folder.resolve("other.srs");
        Cli.run("setup", "dev", "--power", 9, other).requireDone();
        final Cli.Run run = verify(proofs.resolve("proof.bin"), proofs.resolve("statement.json"), "--setup", other);
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("tau2 and xi2 are not those of the setup"), run.out());
    }

    @Test
    void rejectsAnotherActivationTable(@TempDir Path folder) throws IOException {
        final Path statement = folder.resolve("statement.json");
        final JsonNode json =
                new ObjectMapper().readTree(proofs.resolve("statement.json").toFile());
        Files.writeString(
                statement,
                Files.readString(proofs.resolve("statement.json"))
                        .replace(
                                json.at("/C_table/x").asText(),
                                json.at("/C_X/x").asText())
                        .replace(
                                json.at("/C_table/y").asText(),
                                json.at("/C_X/y").asText()));
        final Cli.Run run = verify(proofs.resolve("proof.bin"), statement, "--setup", campaign.setup());
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("C_table is the commitment of no activation table"), run.out());
    }

    @Test
    void saysWhatIsWrongWithAStatement(@TempDir Path folder) throws IOException {
        final Path statement = folder.resolve("statement.json");
        Files.writeString(
                statement,
                Files.readString(proofs.resolve("statement.json")).replace("\"steps\" : \"4\"", "\"steps\" : \"5\""));
        final Cli.Run run = verify(proofs.resolve("proof.bin"), statement);
        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains(statement + ": no statement of a proof: steps = 5"), run.err());
    }

    @Test
    void provingAgainChangesNothing() throws IOException {
        final byte[] before = Files.readAllBytes(proofs.resolve("proof.bin"));
        final Cli.Run run = prove().requireDone();
        assertTrue(run.json().get("repeated").asBoolean());
        assertArrayEquals(before, Files.readAllBytes(proofs.resolve("proof.bin")));
    }

    @Test
    void provingSomethingElseOfTheSameRoundKeepsTheFirstModel(@TempDir Path folder) throws IOException {
        final Path task = folder.resolve("task.json");
        Files.writeString(task, SmallCampaign.task("1", 2));
        assertFalse(
                Cli.run("prove", "--task", task, "--out", folder.resolve("other"), "-w", campaign.workspace(), "--json")
                        .requireDone()
                        .json()
                        .get("repeated")
                        .asBoolean());
        assertTrue(prove().requireDone().json().get("repeated").asBoolean(), "the vault still opens the first model");
    }

    @Test
    void keepsAProofOfSomethingElse(@TempDir Path folder) throws IOException {
        final byte[] before = Files.readAllBytes(proofs.resolve("proof.bin"));
        final byte[] vault = Files.readAllBytes(campaign.workspace().resolve("vault.zkml"));
        final Path task = folder.resolve("task.json");
        Files.writeString(task, SmallCampaign.task("1", 3));
        final Cli.Run run = Cli.run("prove", "--task", task, "--out", proofs, "-w", campaign.workspace());
        assertEquals(7, run.exitCode());
        assertTrue(run.err().contains("--force"), run.err());
        assertArrayEquals(before, Files.readAllBytes(proofs.resolve("proof.bin")));
        assertArrayEquals(vault, Files.readAllBytes(campaign.workspace().resolve("vault.zkml")));
    }

    @Test
    void twoProofsOfTheSameShareNothing(@TempDir Path folder) throws IOException {
        Cli.run("prove", "--task", campaign.task(), "--out", folder, "-w", campaign.workspace())
                .requireDone();
        final byte[] one = Files.readAllBytes(proofs.resolve("proof.bin"));
        final byte[] two = Files.readAllBytes(folder.resolve("proof.bin"));
        assertEquals(one.length, two.length);
        for (int i = 0; i < one.length; i += 32) {
            assertFalse(Arrays.equals(one, i, i + 32, two, i, i + 32), "bytes from " + i);
        }
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        try (var files = Files.walk(shared)) {
            assertEquals(
                    List.of(),
                    files.filter(path -> path.toString().endsWith(".tmp")
                                    || path.toString().endsWith(".new"))
                            .toList());
        }
    }

    @Test
    void committingTheSameRowsAgainChangesNothing() throws IOException {
        final Path proof = campaign.workspace().resolve("datasets/data/proof.bin");
        final byte[] before = Files.readAllBytes(proof);
        final Cli.Run run =
                Cli.run("commit", campaign.csv(), "--schema", campaign.schema(), "-w", campaign.workspace(), "--json");
        assertTrue(run.requireDone().json().get("repeated").asBoolean());
        assertArrayEquals(before, Files.readAllBytes(proof));
    }

    @Test
    void keepsADatasetOfOtherRows(@TempDir Path folder) throws IOException {
        final Path other = folder.resolve("other.csv");
        Files.writeString(other, SmallCampaign.CSV.replace("67,3.5,1", "67,3.5,0"));
        final Cli.Run run = Cli.run("commit", other, "--schema", campaign.schema(), "-w", campaign.workspace());
        assertEquals(7, run.exitCode());
        assertTrue(run.err().contains("is committed already, with other rows"), run.err());
    }

    @Test
    void trainsInIntegersCloseToFloat64() {
        final Cli.Run run = Cli.run(
                "train", "--task", campaign.task(), "-w", campaign.workspace(), "--test", campaign.csv(), "--json");
        final JsonNode json = run.requireDone().json();
        assertEquals(5, json.get("steps").size());
        assertEquals(json.get("floatLoss").asDouble(), json.get("loss").asDouble(), 0.05);
        assertTrue(json.get("loss").asDouble() < json.at("/steps/0/loss").asDouble());
        assertEquals(12, json.at("/test/rows").asInt());
        assertTrue(run.err().contains("loss by step"), run.err());
    }

    @Test
    void statementHoldsTheFieldsOfTheSpecification() throws IOException {
        final JsonNode json =
                new ObjectMapper().readTree(proofs.resolve("statement.json").toFile());
        for (String field : ("relation domain chainId registry contributor taskId round lb li lk lt steps b fp c d"
                        + " C_table C_X C_Y C_in C_out tau2 xi2")
                .split(" ")) {
            assertTrue(json.has(field), field);
        }
        assertEquals("8", json.get("registry").asText());
        assertEquals("7", json.get("taskId").asText());
    }
}
