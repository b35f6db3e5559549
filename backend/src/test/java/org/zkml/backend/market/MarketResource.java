package org.zkml.backend.market;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Hardhat node with the deployed market, for as long as the application under test runs. Relayer and indexer do something when tests
 * say so; with the argument {@code scheduled} by themselves.
 */
public final class MarketResource implements QuarkusTestResourceLifecycleManager {

    private HardhatNode node;
    private String every = "0s";

    @Override
    public void init(Map<String, String> arguments) {
        every = arguments.getOrDefault("scheduled", every);
    }

    @Override
    public Map<String, String> start() {
        node = HardhatNode.start();
        final Path file = TestMarket.deploy(node, Path.of("target").toAbsolutePath());
        return Map.of(
                "zkml.chain.rpc-url",
                node.url(),
                "zkml.chain.deployment-file",
                file.toString(),
                "zkml.chain.relayer.every",
                every,
                "zkml.chain.indexer.every",
                every);
    }

    @Override
    public void stop() {
        if (node != null) {
            node.close();
        }
    }
}
