package org.zkml.backend.market;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A Hardhat node with the deployed market, for as long as the application under test runs. With the argument {@code scheduled} relayer and
 * indexer work by themselves; else they do when tests say so, with short waits, small batches and two confirmations, and ask the node
 * through a {@link ProviderGate}.
 */
public final class MarketResource implements QuarkusTestResourceLifecycleManager {

    private HardhatNode node;
    private ProviderGate gate;
    private String every;

    @Override
    public void init(Map<String, String> arguments) {
        every = arguments.get("scheduled");
    }

    @Override
    public Map<String, String> start() {
        node = HardhatNode.start();
        final Path file = TestMarket.deploy(node, Path.of("target").toAbsolutePath());
        final Map<String, String> config = new HashMap<>(Map.of(
                "zkml.chain.rpc-url", node.url(),
                "zkml.chain.deployment-file", file.toString()));
        if (every != null) {
            config.put("zkml.chain.relayer.every", every);
            config.put("zkml.chain.indexer.every", every);
        } else {
            gate = ProviderGate.start(node.url());
            config.put("zkml.chain.rpc-url", gate.url());
            config.put("zkml.chain.relayer.every", "0s");
            config.put("zkml.chain.indexer.every", "0s");
            config.put("zkml.chain.confirmations", "2");
            config.put("zkml.chain.relayer.resend-after", "500ms");
            config.put("zkml.chain.relayer.replace-after", "2s");
            config.put("zkml.chain.relayer.pending-per-account", "8");
            config.put("zkml.chain.relayer.daily-per-account", "10");
            config.put("zkml.chain.indexer.batch-blocks", "4");
            config.put("zkml.chain.indexer.kept-blocks", "32");
            config.put("zkml.chain.indexer.lag-patience", "300ms");
        }
        return config;
    }

    @Override
    public void stop() {
        if (gate != null) {
            gate.close();
        }
        if (node != null) {
            node.close();
        }
    }
}
