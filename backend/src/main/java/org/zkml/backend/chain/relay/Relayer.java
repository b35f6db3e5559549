package org.zkml.backend.chain.relay;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Ticker;

/** Works through the outbox. */
@ApplicationScoped
public class Relayer {

    private final RelaySteps steps;
    private final RelayDelivery delivery;
    private final ChainConfig.Relayer config;
    private Ticker ticker;

    Relayer(RelaySteps steps, RelayDelivery delivery, ChainConfig config) {
        this.steps = steps;
        this.delivery = delivery;
        this.config = config.relayer();
    }

    void start(@Observes StartupEvent started) {
        if (config.every().isPositive()) {
            ticker = Ticker.start("relayer", config.every(), this::work);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (ticker != null) {
            ticker.close();
        }
    }

    /** Does everything that is due. */
    public void work() {
        boolean moved = true;
        while (moved) {
            moved = steps.prepareNext();
        }
        moved = true;
        while (moved) {
            moved = delivery.followNext();
        }
    }
}
