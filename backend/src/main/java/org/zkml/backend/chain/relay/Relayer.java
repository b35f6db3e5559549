package org.zkml.backend.chain.relay;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Ticker;

/** Works through the outbox. */
@ApplicationScoped
public class Relayer {

    /** A call to a node that does not answer takes its time. */
    private static final int MOST_STUCK = 4;

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

    /**
     * Does everything that is due. A message whose step goes wrong is left for later, so that the others are not kept waiting; after a few of
     * them it is probably the node, and nobody's turn before the next look.
     */
    public void work() {
        int stuck = 0;
        boolean moved = true;
        while (moved && stuck < MOST_STUCK) {
            moved = false;
            for (BooleanSupplier step : List.<BooleanSupplier>of(steps::prepareNext, delivery::followNext)) {
                try {
                    moved |= step.getAsBoolean();
                } catch (StuckMessageException e) {
                    steps.postpone(e);
                    stuck++;
                    moved = true;
                }
            }
        }
    }
}
