package org.zkml.api.cli;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.zkml.backend.market.HardhatNode;

/** The server on a chain of its own, whose contracts {@code zkml deploy} put there. */
public final class DeployedByCommandLine implements QuarkusTestProfile {

    /** Where setup, deployment and workspaces are; renewed for each run. */
    static final Path FOLDER = Path.of("target", "command-line").toAbsolutePath();

    /** What the server sells, once somebody exports it there. */
    static final Path SELLER = FOLDER.resolve("seller").resolve("seller.zkml");

    /** The key of Hardhat's first account, which everybody knows. */
    private static final String KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Chain.class));
    }

    /** A Hardhat node with a development setup of the smallest size and the contracts. */
    public static final class Chain implements QuarkusTestResourceLifecycleManager {

        private HardhatNode node;

        @Override
        public Map<String, String> start() {
            node = HardhatNode.start();
            final Path deployment = FOLDER.resolve("deployment.json");
            final CommandLine owner = new CommandLine(FOLDER.resolve("owner"));
            try {
                clear();
                Files.writeString(FOLDER.resolve("owner.key"), KEY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            owner.done("init", "--key-file", FOLDER.resolve("owner.key"));
            CommandLine.execute("setup", "dev", "--power", 9, FOLDER.resolve("dev.srs"), "--json")
                    .json();
            owner.done("deploy", "--setup", FOLDER.resolve("dev.srs"), "--rpc", node.url(), "--out", deployment);
            return Map.of(
                    "zkml.chain.rpc-url",
                    node.url(),
                    "zkml.chain.deployment-file",
                    deployment.toString(),
                    "zkml.chain.relayer.every",
                    "100ms",
                    "zkml.chain.indexer.every",
                    "100ms",
                    "zkml.seller.vault",
                    SELLER.toString(),
                    "zkml.seller.passphrase",
                    CommandLine.SELLER_PASSPHRASE,
                    "zkml.seller.setup",
                    FOLDER.resolve("dev.srs").toString(),
                    "zkml.seller.pass-cache",
                    "100ms");
        }

        private static void clear() throws IOException {
            if (Files.exists(FOLDER)) {
                try (var files = Files.walk(FOLDER)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            Files.createDirectories(FOLDER);
        }

        @Override
        public void stop() {
            if (node != null) {
                node.close();
            }
        }
    }
}
