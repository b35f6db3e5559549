package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who gave a command something that it cannot use. */
class BadInputTest {

    @TempDir
    private static Path shared;

    private static SmallCampaign campaign;

    @TempDir
    private Path folder;

    @BeforeAll
    static void commit() throws IOException {
        campaign = new SmallCampaign(shared).committed();
    }

    private Cli.Run commit(String csv) throws IOException {
        final Path file = folder.resolve("bad.csv");
        Files.writeString(file, csv);
        return Cli.run(
                "commit", file, "--schema", campaign.schema(), "-w", campaign.workspace(), "--name", "bad", "--json");
    }

    private void assertRefused(int exitCode, String message, Cli.Run run) {
        assertEquals(exitCode, run.exitCode(), run.out() + run.err());
        assertTrue(run.err().contains(message), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertFalse(Files.exists(campaign.workspace().resolve("datasets/bad")));
    }

    @Test
    void missingColumn() throws IOException {
        assertRefused(
                3,
                folder.resolve("bad.csv") + ", column \"dose\": the schema needs this column and the file has none",
                commit(SmallCampaign.CSV.replace("dose", "amount")));
    }

    @Test
    void cellThatIsNoNumber() throws IOException {
        final Cli.Run run = commit(SmallCampaign.CSV.replace("45,0.5,0", "45,half,0"));
        assertRefused(3, folder.resolve("bad.csv") + ", line 4, column \"dose\": \"half\"", run);
        final JsonNode error = run.json().get("error");
        assertEquals(3, error.get("exitCode").asInt());
        assertEquals("bad_input", error.get("kind").asText());
        assertEquals(4, error.get("line").asInt());
        assertEquals("dose", error.get("column").asText());
        assertEquals("half", error.get("value").asText());
        assertFalse(error.get("cure").asText().isEmpty());
    }

    @Test
    void cellThatIsNaN() throws IOException {
        assertRefused(
                3,
                folder.resolve("bad.csv") + ", line 2, column \"dose\": \"NaN\"",
                commit(SmallCampaign.CSV.replace("40,1.0,0", "40,NaN,0")));
    }

    @Test
    void constantColumnIsToldOfAndCommitted() throws IOException {
        final Path file = folder.resolve("constant.csv");
        Files.writeString(file, SmallCampaign.CSV.replaceAll("(?m)^[0-9]+,", "50,"));
        final Cli.Run run = Cli.run(
                "commit", file, "--schema", campaign.schema(), "-w", campaign.workspace(), "--name", "constant");
        run.requireDone();
        assertTrue(run.err().contains(file + ", column \"age\": every row has the same value"), run.err());
    }

    @Test
    void constantColumnIsNotProposed() throws IOException {
        final Path file = folder.resolve("constant.csv");
        Files.writeString(file, SmallCampaign.CSV.replaceAll("(?m)^[0-9]+,", "50,"));
        final Cli.Run run = Cli.run("inspect", file, "--target", "ill");
        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("column \"age\": every row has the value \"50\""), run.err());
        assertTrue(run.err().contains("exclude the column"), run.err());
    }

    @Test
    void tooManyRows() throws IOException {
        final StringBuilder csv = new StringBuilder("age,dose,ill\n");
        for (int row = 0; row < 129; row++) {
            csv.append(40 + row % 20).append(",1.5,").append(row % 2).append('\n');
        }
        assertRefused(3, folder.resolve("bad.csv") + ", line 130: too many rows", commit(csv.toString()));
    }

    @Test
    void setupTooSmall() {
        final Path small = folder.resolve("small.srs");
        Cli.run("setup", "dev", "--power", 7, small).requireDone();
        final Cli.Run run = Cli.run(
                "commit",
                campaign.csv(),
                "--schema",
                campaign.schema(),
                "-w",
                campaign.workspace(),
                "--name",
                "bad",
                "--setup",
                small);
        assertRefused(3, "the setup is too small: it has 2^7 powers, 2^8 are needed", run);
    }

    @Test
    void unsafeSetupForAnyOtherChain() throws IOException {
        final Path workspace = folder.resolve("elsewhere");
        final Path deployment = folder.resolve("deployment.json");
        Files.writeString(deployment, SmallCampaign.deploymentOn(1));
        Cli.run("init", "-w", workspace).requireDone();
        Cli.run("connect", "-w", workspace, "--deployment", deployment, "--setup", campaign.setup())
                .requireDone();
        final Cli.Run run = Cli.run("commit", campaign.csv(), "--schema", campaign.schema(), "-w", workspace);
        assertRefused(3, "the setup is unsafe", run);
        assertTrue(run.err().contains("use the setup of a ceremony"), run.err());
    }

    @Test
    void trainingThatDiverges() throws IOException {
        final Path task = folder.resolve("task.json");
        Files.writeString(task, SmallCampaign.task("2000", 4));
        final Cli.Run run =
                Cli.run("prove", "--task", task, "--out", folder.resolve("out"), "-w", campaign.workspace());
        assertRefused(3, "outside the provable range", run);
        assertTrue(run.err().contains("use a smaller rate"), run.err());
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void wrongPassphrase() {
        final Cli.Run run = Cli.run(
                Map.of(Passphrase.VARIABLE, "something else"),
                null,
                "train",
                "--task",
                campaign.task(),
                "-w",
                campaign.workspace());
        assertRefused(6, "vault.zkml: the vault cannot be opened: the passphrase is wrong or the file is damaged", run);
    }

    @Test
    void noPassphraseAndNobodyToAsk() {
        final Cli.Run run = Cli.run(Map.of(), null, "train", "--task", campaign.task(), "-w", campaign.workspace());
        assertRefused(6, "set ZKML_PASSPHRASE or use --passphrase-file", run);
    }

    @Test
    void dataOfAnotherSchema() throws IOException {
        final Path task = folder.resolve("task.json");
        Files.writeString(
                task,
                SmallCampaign.task("1", 4).replaceFirst("\"schemaHash\": \"0x[0-9a-f]{2}", "\"schemaHash\": \"0x00"));
        final Cli.Run run = Cli.run("train", "--task", task, "-w", campaign.workspace());
        assertRefused(3, "commit the data with the task's schema", run);
    }

    @Test
    void taskWithAMistake() throws IOException {
        final Path task = folder.resolve("task.json");
        Files.writeString(task, SmallCampaign.task("fast", 4));
        final Cli.Run run = Cli.run("train", "--task", task, "-w", campaign.workspace());
        assertRefused(3, task + ", rate: cannot be used: \"fast\" is not a number", run);
    }

    @Test
    void noWorkspace() {
        final Cli.Run run = Cli.run("train", "--task", campaign.task(), "-w", folder.resolve("nowhere"));
        assertRefused(7, "there is no workspace here; make one with \"zkml init\"", run);
    }

    @Test
    void damagedSetup() throws IOException {
        final Path damaged = folder.resolve("damaged.srs");
        final byte[] bytes = Files.readAllBytes(campaign.setup());
        bytes[bytes.length - 1] ^= 1;
        Files.write(damaged, bytes);
        final Cli.Run run = Cli.run(
                "prove",
                "--task",
                campaign.task(),
                "--out",
                folder.resolve("out"),
                "-w",
                campaign.workspace(),
                "--setup",
                damaged);
        assertRefused(3, damaged.toString(), run);
    }

    @Test
    void setupOfAnotherCeremony() {
        final Path other = folder.resolve("other.srs");
        Cli.run("setup", "dev", "--power", 9, other).requireDone();
        final Cli.Run run = Cli.run(
                "prove",
                "--task",
                campaign.task(),
                "--out",
                folder.resolve("out"),
                "-w",
                campaign.workspace(),
                "--setup",
                other);
        assertRefused(
                3, "does not open the commitments of " + campaign.workspace().resolve("datasets/data"), run);
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void emptyPassphraseFile() throws IOException {
        final Path file = folder.resolve("passphrase");
        Files.writeString(file, "\n");
        final Cli.Run run =
                Cli.run("train", "--task", campaign.task(), "-w", campaign.workspace(), "--passphrase-file", file);
        assertRefused(6, file + ": the first line is empty", run);
        Files.writeString(file, Cli.PASSPHRASE + "\nignored\n");
        Cli.run(
                        Map.of(),
                        null,
                        "train",
                        "--task",
                        campaign.task(),
                        "-w",
                        campaign.workspace(),
                        "--passphrase-file",
                        file)
                .requireDone();
    }

    @Test
    void allowListThatNoServerTakes() throws IOException {
        final Path plan = folder.resolve("campaign.json");
        final String entries = java.util.stream.IntStream.rangeClosed(1, 10_001)
                .mapToObj("{\"account\": \"0x%040x\", \"rowCap\": 1}"::formatted)
                .collect(java.util.stream.Collectors.joining(","));
        Files.writeString(
                plan,
                "{\"format\": \"zkml-campaign/1\", \"schema\": \"%s\", \"allowList\": {\"entries\": [%s]}}"
                        .formatted(campaign.schema(), entries));
        assertRefused(
                3,
                plan + ", allowList, entries: has 10001 accounts; name at most 10000",
                Cli.run("campaign", "open", plan, "--consent", folder.resolve("none"), "-w", campaign.workspace()));
    }

    @Test
    void unknownOption() {
        final Cli.Run run = Cli.run("prove", "--tusk", campaign.task());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("zkml prove --help"), run.err());
        final Cli.Run json = Cli.run("prove", "--tusk", campaign.task(), "--json");
        assertEquals(2, json.json().at("/error/exitCode").asInt());
    }
}
