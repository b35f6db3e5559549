package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;

/** Which contracts of the sale the configuration names: deployments that are older than these have none. Known without the node. */
@ApplicationScoped
public class SaleDeployment {

    private final ChainConfig config;
    private volatile ConfiguredContracts read;

    SaleDeployment(ChainConfig config) {
        this.config = config;
    }

    /** @throws ChainUnavailableException if the configuration cannot be read */
    public boolean hasInference() {
        return configured().inference() != null;
    }

    /** @throws ChainUnavailableException if the configuration cannot be read */
    public boolean hasMetrics() {
        return configured().metrics() != null;
    }

    /**
     * Its address, in lower case.
     *
     * @throws NotDeployedException if there is no InferenceMarket
     * @throws ChainUnavailableException if the configuration cannot be read
     */
    public String requireInference() {
        if (!hasInference()) {
            throw new NotDeployedException("InferenceMarket", "inferenceMarket");
        }
        return configured().inference();
    }

    /**
     * @throws NotDeployedException if there is no ModelMetrics
     * @throws ChainUnavailableException if the configuration cannot be read
     */
    public void requireMetrics() {
        if (!hasMetrics()) {
            throw new NotDeployedException("ModelMetrics", "modelMetrics");
        }
    }

    private ConfiguredContracts configured() {
        if (read == null) {
            read = ConfiguredContracts.of(config);
        }
        return read;
    }
}
