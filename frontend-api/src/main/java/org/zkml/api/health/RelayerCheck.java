package org.zkml.api.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.relay.RelayerAccount;

/** Whether the account that pays gas has a key and funds. */
@Readiness
@ApplicationScoped
class RelayerCheck implements HealthCheck {

    private final RelayerAccount account;

    RelayerCheck(RelayerAccount account) {
        this.account = account;
    }

    @Override
    public HealthCheckResponse call() {
        final HealthCheckResponseBuilder response = HealthCheckResponse.named("relayer");
        try {
            final RelayerAccount.Funds funds = account.funds();
            return response.status(!funds.low())
                    .withData("account", funds.account())
                    .withData("balanceWei", funds.balance().toString())
                    .build();
        } catch (ChainUnavailableException e) {
            return response.down().withData("reason", e.getMessage()).build();
        }
    }
}
