package org.zkml.backend.chain.index;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.EthereumNode;
import org.zkml.backend.chain.Ticker;

/** Keeps the projections at the chain's head. */
@ApplicationScoped
public class Indexer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final IndexerSteps steps;
    private final IndexerStatus status;
    private final EthereumNode node;
    private final ChainConfig.Indexer config;
    private final AtomicBoolean rebuildDue;
    private Ticker ticker;

    Indexer(IndexerSteps steps, IndexerStatus status, EthereumNode node, ChainConfig config) {
        this.steps = steps;
        this.status = status;
        this.node = node;
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

    /**
     * Reads up to what is the chain's last block now, or waits until another instance has.
     *
     * @throws ChainUnavailableException if that takes longer than a reader would wait
     */
    public void reachHead() {
        final long head = node.latest().number();
        final long limit = System.nanoTime() + PATIENCE.toNanos();
        while (status.progress().map(IndexerStatus.Progress::block).orElse(-1L) < head) {
            if (System.nanoTime() > limit) {
                throw new ChainUnavailableException("the indexer does not reach block " + head);
            }
            catchUp();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Drops events and projections, and reads everything again. */
    public void rebuild() {
        steps.rebuild();
        catchUp();
    }
}
