package org.zkml.api.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.EthereumNode;

/** Whether the node answers, and has the contracts. */
@Readiness
@ApplicationScoped
class ChainCheck implements HealthCheck {

    private final Chain chain;
    private final EthereumNode node;

    ChainCheck(Chain chain, EthereumNode node) {
        this.chain = chain;
        this.node = node;
    }

    @Override
    public HealthCheckResponse call() {
        final HealthCheckResponseBuilder response = HealthCheckResponse.named("chain");
        try {
            final Deployment deployment = chain.deployment();
            return response.up()
                    .withData("chainId", deployment.chainId().toString())
                    .withData("head", node.latest().number())
                    .withData("registry", deployment.registry())
                    .withData("campaigns", deployment.campaigns())
                    .withData("unsafeSetup", deployment.unsafeSetup())
                    .build();
        } catch (ChainUnavailableException e) {
            return response.down().withData("reason", e.getMessage()).build();
        }
    }
}
