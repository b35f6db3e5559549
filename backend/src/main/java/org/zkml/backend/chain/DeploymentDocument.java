package org.zkml.backend.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;

/** The contracts' addresses as {@code deployment.json}: the configured file, or one made of what the chain says. */
@ApplicationScoped
public class DeploymentDocument {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ChainConfig config;
    private final Chain chain;

    DeploymentDocument(ChainConfig config, Chain chain) {
        this.config = config;
        this.chain = chain;
    }

    /** @throws ChainUnavailableException if there is no file and the node is away */
    public JsonNode read() {
        if (config.deploymentFile().isPresent()) {
            final Path file = config.deploymentFile().get();
            try {
                return MAPPER.readTree(file.toFile());
            } catch (IOException e) {
                throw new ChainUnavailableException("the deployment file " + file + " cannot be read", e);
            }
        }
        final Deployment deployment = chain.deployment();
        final ObjectNode json = MAPPER.createObjectNode()
                .put("format", ConfiguredContracts.FORMAT)
                .put("chainId", deployment.chainId().toString())
                .put("block", deployment.startBlock());
        final ObjectNode contracts = json.putObject("contracts")
                .put("protocolParameters", deployment.parameters())
                .put("datasetRegistry", deployment.registry())
                .put("trainingCampaigns", deployment.campaigns())
                .put("rewardToken", deployment.token());
        if (deployment.inference() != null) {
            contracts.put("inferenceMarket", deployment.inference());
        }
        if (deployment.metrics() != null) {
            contracts.put("modelMetrics", deployment.metrics());
        }
        return json;
    }
}
