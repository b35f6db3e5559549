package org.zkml.backend.chain.index;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Ticker;

/** Keeps the projections at the chain's head. */
@ApplicationScoped
public class Indexer {

    private final IndexerSteps steps;
    private final ChainConfig.Indexer config;
    private final AtomicBoolean rebuildDue;
    private Ticker ticker;

    Indexer(IndexerSteps steps, ChainConfig config) {
        this.steps = steps;
        this.config = config.indexer();
        this.rebuildDue = new AtomicBoolean(config.indexer().rebuildAtStart());
    }

    void start(@Observes StartupEvent started) {
        if (config.every().isPositive()) {
            ticker = Ticker.start("indexer", config.every(), this::tick);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (ticker != null) {
            ticker.close();
        }
    }

    private void tick() {
        if (rebuildDue.get()) {
            steps.rebuild();
            rebuildDue.set(false);
        }
        catchUp();
    }

    /** Reads up to the chain's last block, unless another instance does. */
    public void catchUp() {
        boolean more = true;
        while (more) {
            more = steps.advance();
        }
    }

    /** Drops events and projections, and reads everything again. */
    public void rebuild() {
        steps.rebuild();
        catchUp();
    }
}
