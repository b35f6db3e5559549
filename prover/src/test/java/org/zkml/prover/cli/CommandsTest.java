package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What all commands have in common, and the small ones. */
class CommandsTest {

    /** The key of the first account of every development chain, public knowledge. */
    private static final String KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    @TempDir
    private Path folder;

    @TestFactory
    List<DynamicTest> helpHasAnExample() {
        final List<DynamicTest> tests = new ArrayList<>();
        for (CommandLine command : all()) {
            final String name = command.getCommandSpec().qualifiedName();
            final List<Object> arguments = new ArrayList<>(List.of(name.split(" ")));
            arguments.removeFirst();
            arguments.add("--help");
            tests.add(DynamicTest.dynamicTest(name, () -> {
                final Cli.Run run = Cli.run(arguments.toArray());
                assertEquals(0, run.exitCode());
                assertTrue(
                        !command.getSubcommands().isEmpty() || run.out().contains("\n  zkml "),
                        () -> "no example:\n" + run.out());
            }));
        }
        return tests;
    }

    /** Every command with those below it. */
    private static List<CommandLine> all() {
        final Terminal terminal = new Terminal(
                new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), Map.of(), null);
        final List<CommandLine> all = new ArrayList<>();
        final ArrayDeque<CommandLine> open = new ArrayDeque<>(List.of(Zkml.commandLine(terminal)));
        while (!open.isEmpty()) {
            final CommandLine command = open.remove();
            open.addAll(command.getSubcommands().values());
            all.add(command);
        }
        return all;
    }

    @Test
    void listsTellOfEveryCommandInASentenceOnALine() {
        final List<String> cut = new ArrayList<>();
        for (CommandLine command : all()) {
            final List<String> list = command.getUsageMessage().lines().toList();
            for (CommandLine below : command.getSubcommands().values()) {
                final String summary = below.getCommandSpec().usageMessage().description()[0];
                if (!summary.endsWith(".") || list.stream().noneMatch(line -> line.endsWith("  " + summary))) {
                    cut.add(below.getCommandSpec().qualifiedName() + ": " + summary);
                }
            }
        }
        assertEquals(List.of(), cut);
    }

    @Test
    void refusesNumbersThatNoContractGives() {
        final BigInteger end = BigInteger.TWO.pow(256);
        for (String number : List.of("-1", "0", "x", "1.5", end.toString())) {
            final Cli.Run run = Cli.run("join", "--campaign=" + number, "-w", folder, "--json");
            assertEquals(2, run.exitCode(), run.err());
            assertEquals(
                    "Invalid value for option '--campaign': '" + number + "' is no whole number from 1 to 2^256 - 1",
                    run.json().at("/error/message").asText());
        }
        final BigInteger largest = end.subtract(BigInteger.ONE);
        assertEquals(7, Cli.run("join", "--campaign", largest, "-w", folder).exitCode(), "there is no workspace");
    }

    @Test
    void showsNoKeyOfANode() throws IOException {
        final Path workspace = folder.resolve("w");
        Cli.run("init", "-w", workspace).requireDone();
        final Cli.Run run = Cli.run("connect", "-w", workspace, "--rpc", "https://node.example/v3/s3cret", "--json");
        assertEquals(
                "https://node.example", run.requireDone().json().get("rpcUrl").asText());
        assertFalse((run.out() + run.err()).contains("s3cret"));
        assertTrue(Files.readString(workspace.resolve("workspace.json")).contains("https://node.example/v3/s3cret"));
        final Cli.Run query = Cli.run("connect", "-w", workspace, "--rpc", "https://node.example/?key=s3cret");
        assertEquals(2, query.exitCode());
        assertTrue(query.err().contains("--rpc: an address with \"?\""), query.err());
        assertFalse(query.err().contains("s3cret"), query.err());
    }

    @Test
    void warnsOfAPassphraseThatOthersCanRead() throws IOException {
        final Path file = Files.writeString(folder.resolve("passphrase"), Cli.PASSPHRASE);
        for (String permissions : List.of("rw-------", "rw-r-----", "rw----r--")) {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString(permissions));
            final Cli.Run run = Cli.run("init", "-w", folder.resolve(permissions), "--passphrase-file", file);
            assertEquals(
                    !permissions.equals("rw-------"), run.requireDone().err().contains("chmod 600"), permissions);
        }
    }

    @Test
    void initImportsAKey() throws IOException {
        final Path key = folder.resolve("key");
        Files.writeString(key, "0x" + KEY + "\n");
        final Cli.Run run = Cli.run("init", "-w", folder.resolve("w"), "--key-file", key, "--json");
        assertEquals(
                "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                run.requireDone().json().get("account").asText());
        assertEquals(2 + 2 * 32, run.json().get("x25519Key").asText().length());
        assertEquals(2 + 2 * 1184, run.json().get("mlKemKey").asText().length());
    }

    @Test
    void errorsOfJavaAreNoFalseProofs() throws IOException {
        for (Error error : List.of(new OutOfMemoryError("Java heap space"), new StackOverflowError())) {
            final Map<String, String> failing = new java.util.AbstractMap<>() {
                @Override
                public String get(Object name) {
                    throw error;
                }

                @Override
                public java.util.Set<Entry<String, String>> entrySet() {
                    throw error;
                }
            };
            final Cli.Run run = Cli.run(failing, null, "init", "-w", folder.resolve("w"), "--json");
            assertEquals(10, run.exitCode());
            assertEquals(10, run.json().at("/error/exitCode").asInt());
            assertTrue(
                    run.err().contains(error instanceof OutOfMemoryError ? "set ZKML_HEAP to more" : "internal error"),
                    run.err());
        }
    }

    @Test
    void initShowsNoSecretAndHidesItOnDisk() throws IOException {
        final Path key = folder.resolve("key");
        Files.writeString(key, KEY);
        final Path workspace = folder.resolve("w");
        final Cli.Run run = Cli.run("init", "-w", workspace, "--key-file", key).requireDone();
        assertFalse((run.out() + run.err()).contains(KEY));
        assertFalse(Files.readString(workspace.resolve("workspace.json")).contains(KEY));
        assertEquals(
                "rwx------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace)));
    }

    @Test
    void initKeepsAWorkspaceThatIsThere() {
        Cli.run("init", "-w", folder.resolve("w")).requireDone();
        final Cli.Run run = Cli.run("init", "-w", folder.resolve("w"));
        assertEquals(7, run.exitCode());
    }

    @Test
    void initFinishesAWorkspaceThatWasInterrupted() throws IOException {
        final Path workspace = folder.resolve("w");
        final String account = Cli.run("init", "-w", workspace, "--json")
                .requireDone()
                .json()
                .get("account")
                .asText();
        final byte[] settings = Files.readAllBytes(workspace.resolve("workspace.json"));
        final byte[] vault = Files.readAllBytes(workspace.resolve("vault.zkml"));
        Files.delete(workspace.resolve("workspace.json"));
        final Path key = folder.resolve("key");
        Files.writeString(key, KEY);
        final Cli.Run other = Cli.run("init", "-w", workspace, "--key-file", key);
        assertEquals(7, other.exitCode());
        assertTrue(other.err().contains("the vault has the keys of " + account), other.err());
        assertEquals(
                6,
                Cli.run(Map.of(Passphrase.VARIABLE, "another passphrase"), null, "init", "-w", workspace)
                        .exitCode());
        Cli.run("init", "-w", workspace).requireDone();
        assertArrayEquals(settings, Files.readAllBytes(workspace.resolve("workspace.json")));
        assertArrayEquals(vault, Files.readAllBytes(workspace.resolve("vault.zkml")));
    }

    @Test
    void initFinishesAWorkspaceWhoseVaultIsStillEmpty() throws IOException {
        final Path workspace = Files.createDirectory(folder.resolve("w"));
        org.zkml.prover.vault.Vault.create(workspace.resolve("vault.zkml"), Cli.PASSPHRASE.toCharArray())
                .close();
        Cli.run("init", "-w", workspace).requireDone();
        assertEquals(7, Cli.run("init", "-w", workspace).exitCode());
    }

    @Test
    void initRefusesAKeyThatIsNone() throws IOException {
        final Path key = folder.resolve("key");
        Files.writeString(key, "0".repeat(64));
        assertEquals(
                3, Cli.run("init", "-w", folder.resolve("w"), "--key-file", key).exitCode());
        Files.writeString(key, "hello");
        assertEquals(
                3, Cli.run("init", "-w", folder.resolve("w"), "--key-file", key).exitCode());
        assertFalse(Workspace.exists(folder.resolve("w")));
    }

    @Test
    void asksAPersonForThePassphraseTwice() {
        final ArrayDeque<String> answers = new ArrayDeque<>(List.of("one long passphrase", "another passphrase"));
        final Terminal.Person person = new Terminal.Person() {
            @Override
            public char[] askSecret(String question) {
                return answers.remove().toCharArray();
            }

            @Override
            public String ask(String question) {
                throw new AssertionError(question);
            }
        };
        final Cli.Run run = Cli.run(Map.of(), person, "init", "-w", folder.resolve("w"));
        assertEquals(6, run.exitCode());
        assertTrue(run.err().contains("the two passphrases differ"), run.err());
        answers.addAll(List.of("one long passphrase", "one long passphrase"));
        Cli.run(Map.of(), person, "init", "-w", folder.resolve("w")).requireDone();
    }

    @Test
    void freshKeysDiffer() {
        assertNotEquals(Identity.create().address(), Identity.create().address());
    }

    @Test
    void inspectProposesASchemaThatFits() throws IOException {
        final Path csv = folder.resolve("rows.csv");
        final Path schema = folder.resolve("schema.json");
        Files.writeString(csv, SmallCampaign.CSV);
        final Cli.Run proposal = Cli.run("inspect", csv, "--target", "ill", "--schema-out", schema);
        proposal.requireDone();
        assertTrue(proposal.err().contains("public knowledge"), proposal.err());
        final Cli.Run fit =
                Cli.run("inspect", csv, "--schema", schema, "--json").requireDone();
        assertEquals(3, fit.json().get("feat").asInt());
        assertEquals(12, fit.json().get("rows").asInt());
        assertEquals(
                7,
                Cli.run("inspect", csv, "--target", "ill", "--schema-out", schema)
                        .exitCode());
    }

    @Test
    void connectRefusesAMistypedAddress() throws IOException {
        Cli.run("init", "-w", folder.resolve("w")).requireDone();
        final Path deployment = folder.resolve("deployment.json");
        Files.writeString(
                deployment,
                SmallCampaign.deploymentOn(31337)
                        .replace("\"0x0000000000000000000000000000000000000003\"", "\"0x03\""));
        final Cli.Run run = Cli.run("connect", "-w", folder.resolve("w"), "--deployment", deployment);
        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("contracts, trainingVerifier: is \"0x03\""), run.err());
        assertEquals(
                2,
                Cli.run("connect", "-w", folder.resolve("w"), "--rpc", "localhost")
                        .exitCode());
    }

    @Test
    void ceremonyFromStartToEnd() {
        final Path start = folder.resolve("0.srs");
        final Path one = folder.resolve("1.srs");
        final Path two = folder.resolve("2.srs");
        final Path end = folder.resolve("end.srs");
        assertTrue(Cli.run("setup", "new", "--power", 4, start, "--json")
                .requireDone()
                .json()
                .get("unsafe")
                .asBoolean());
        Cli.run("setup", "contribute", start, one, "--by", "A").requireDone();
        Cli.run("setup", "contribute", one, two, "--by", "B").requireDone();
        Cli.run("setup", "finish", two, end, "--by", "block 1", "--beacon", "0x0102", "--iterations", 4)
                .requireDone();
        final Cli.Run verdict = Cli.run("setup", "verify", end, "--json").requireDone();
        assertTrue(verdict.json().get("valid").asBoolean());
        assertFalse(verdict.json().get("unsafe").asBoolean());
        assertEquals(3, verdict.json().get("contributions").size());
        assertEquals(
                3,
                Cli.run("setup", "info", end, "--json")
                        .requireDone()
                        .json()
                        .get("contributions")
                        .size());
        final Cli.Run late = Cli.run("setup", "contribute", end, folder.resolve("late.srs"), "--by", "C");
        assertEquals(3, late.exitCode());
        assertTrue(late.err().contains("takes no more contributions"), late.err());
        assertEquals(7, Cli.run("setup", "new", "--power", 4, start).exitCode());
        assertEquals(
                2,
                Cli.run("setup", "new", "--power", 99, folder.resolve("x.srs")).exitCode());
    }

    @Test
    void addressesCarryTheirChecksum() {
        final String address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        assertEquals(
                address,
                Address.parse(address.toLowerCase(java.util.Locale.ROOT)).toString());
        assertEquals(address, Address.parse(address).toString());
        assertTrue(org.junit.jupiter.api.Assertions.assertThrows(
                        IllegalArgumentException.class, () -> Address.parse(address.replace("aA", "AA")))
                .getMessage()
                .contains("checksum"));
    }
}
