package org.zkml.backend.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configurations say of the contracts, those of before the sale of inference among them. */
class ConfiguredContractsTest {

    private static final String OLD = """
            {"format": "zkml-deployment/1", "chainId": "31337", "block": 7,
             "contracts": {"datasetRegistry": "0x%s", "trainingCampaigns": "0x%s"%s}}
            """;

    private static final String ONE = "11".repeat(20);
    private static final String TWO = "22".repeat(20);

    @TempDir
    Path folder;

    @Test
    void readsFilesOfBeforeTheSale() throws IOException {
        final ChainConfig config = file("");
        final ConfiguredContracts contracts = ConfiguredContracts.of(config);
        assertEquals("0x" + ONE, contracts.registry());
        assertEquals(7, contracts.startBlock());
        assertNull(contracts.inference());
        assertNull(contracts.metrics());
        final SaleDeployment sale = new SaleDeployment(config);
        assertFalse(sale.hasInference());
        final var refused = assertThrows(NotDeployedException.class, sale::requireInference);
        assertEquals("InferenceMarket", refused.contract());
        assertTrue(refused.getMessage().contains("contracts.inferenceMarket"), refused.getMessage());
        assertEquals(
                "ModelMetrics",
                assertThrows(NotDeployedException.class, sale::requireMetrics).contract());
    }

    @Test
    void readsFilesWithTheSale() throws IOException {
        final ChainConfig config = file(", \"inferenceMarket\": \"0x" + "Ab".repeat(20) + "\"");
        assertEquals("0x" + "ab".repeat(20), ConfiguredContracts.of(config).inference());
        new SaleDeployment(config).requireInference();
    }

    @Test
    void namesTheMemberThatIsNoAddress() throws IOException {
        final ChainConfig config = file(", \"modelMetrics\": \"\"");
        final var refused = assertThrows(ChainUnavailableException.class, () -> ConfiguredContracts.of(config));
        assertTrue(refused.getMessage().contains("contracts.modelMetrics is \"\""), refused.getMessage());
    }

    @Test
    void needsNoSaleInProperties() {
        final ConfiguredContracts contracts = ConfiguredContracts.of(config(Map.of(
                "zkml.chain.chain-id", "1", "zkml.chain.registry", "0x" + ONE, "zkml.chain.campaigns", "0x" + TWO)));
        assertNull(contracts.inference());
        assertNull(contracts.metrics());
    }

    private ChainConfig file(String more) throws IOException {
        final Path file = folder.resolve("deployment.json");
        Files.writeString(file, OLD.formatted(ONE, TWO, more));
        return config(Map.of("zkml.chain.deployment-file", file.toString()));
    }

    private static ChainConfig config(Map<String, String> values) {
        final SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(ChainConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter());
        values.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(ChainConfig.class);
    }
}
