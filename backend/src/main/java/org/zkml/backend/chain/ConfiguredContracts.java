package org.zkml.backend.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What the configuration says about the contracts.
 *
 * @param chainId chain that they are on
 * @param registry address of DatasetRegistry
 * @param campaigns address of TrainingCampaigns
 * @param inference address of InferenceMarket; null if the deployment has none
 * @param metrics address of ModelMetrics; null if the deployment has none
 * @param startBlock first block that can hold one of their events
 */
record ConfiguredContracts(
        BigInteger chainId, String registry, String campaigns, String inference, String metrics, long startBlock) {

    static final String FORMAT = "zkml-deployment/1";

    /** @throws ChainUnavailableException naming the property or the member that is missing or malformed */
    static ConfiguredContracts of(ChainConfig config) {
        if (config.deploymentFile().isPresent()) {
            return read(config.deploymentFile().get(), config);
        }
        return new ConfiguredContracts(
                config.chainId().orElseThrow(() -> missing("zkml.chain.chain-id")),
                configured(config.registry(), "zkml.chain.registry"),
                configured(config.campaigns(), "zkml.chain.campaigns"),
                config.inference()
                        .map(text -> address(text, "zkml.chain.inference"))
                        .orElse(null),
                config.metrics()
                        .map(text -> address(text, "zkml.chain.metrics"))
                        .orElse(null),
                config.startBlock().orElse(0L));
    }

    private static ConfiguredContracts read(Path file, ChainConfig config) {
        final JsonNode json;
        try {
            json = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new ChainUnavailableException(
                    "the deployment file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (!json.path("format").asText().equals(FORMAT)) {
            throw new ChainUnavailableException(file + ": format is \""
                    + json.path("format").asText() + "\", this version reads \"" + FORMAT + "\"");
        }
        final JsonNode contracts = json.path("contracts");
        return new ConfiguredContracts(
                number(json.path("chainId").asText(), file + ": chainId"),
                member(contracts, "datasetRegistry", file),
                member(contracts, "trainingCampaigns", file),
                contracts.has("inferenceMarket") ? member(contracts, "inferenceMarket", file) : null,
                contracts.has("modelMetrics") ? member(contracts, "modelMetrics", file) : null,
                config.startBlock().orElse(json.path("block").asLong(0)));
    }

    private static String configured(Optional<String> value, String property) {
        return address(value.orElseThrow(() -> missing(property)), property);
    }

    private static String member(JsonNode contracts, String name, Path file) {
        return address(contracts.path(name).asText(), file + ": contracts." + name);
    }

    private static BigInteger number(String text, String name) {
        if (!text.matches("[1-9][0-9]{0,77}")) {
            throw new ChainUnavailableException(name + " is \"" + text + "\", not a decimal number");
        }
        return new BigInteger(text);
    }

    private static String address(String text, String name) {
        if (!text.matches("0x[0-9a-fA-F]{40}")) {
            throw new ChainUnavailableException(name + " is \"" + text + "\", not an address");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static ChainUnavailableException missing(String property) {
        return new ChainUnavailableException(
                "no contracts are configured: set zkml.chain.deployment-file to the file that"
                        + " `zkml deploy` wrote, or " + property + " and its siblings");
    }
}
