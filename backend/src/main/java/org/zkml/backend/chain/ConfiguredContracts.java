package org.zkml.backend.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the configuration says about the contracts.
 *
 * @param chainId chain that they are on
 * @param registry address of DatasetRegistry
 * @param campaigns address of TrainingCampaigns
 * @param startBlock first block that can hold one of their events
 */
record ConfiguredContracts(BigInteger chainId, String registry, String campaigns, long startBlock) {

    static final String FORMAT = "zkml-deployment/1";

    /** @throws ChainUnavailableException naming the property or the member that is missing or malformed */
    static ConfiguredContracts of(ChainConfig config) {
        if (config.deploymentFile().isPresent()) {
            return read(config.deploymentFile().get(), config);
        }
        return new ConfiguredContracts(
                config.chainId().orElseThrow(() -> missing("zkml.chain.chain-id")),
                address(config.registry().orElseThrow(() -> missing("zkml.chain.registry")), "zkml.chain.registry"),
                address(config.campaigns().orElseThrow(() -> missing("zkml.chain.campaigns")), "zkml.chain.campaigns"),
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
                address(contracts.path("datasetRegistry").asText(), file + ": contracts.datasetRegistry"),
                address(contracts.path("trainingCampaigns").asText(), file + ": contracts.trainingCampaigns"),
                config.startBlock().orElse(json.path("block").asLong(0)));
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
