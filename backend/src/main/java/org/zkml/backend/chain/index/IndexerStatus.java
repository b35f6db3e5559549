package org.zkml.backend.chain.index;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.zkml.backend.chain.ChainConfig;

/** How far the chain has been read, by whichever instance. */
@ApplicationScoped
public class IndexerStatus {

    private final ChainConfig config;
    private final Clock clock = Clock.systemUTC();

    IndexerStatus(ChainConfig config) {
        this.config = config;
    }

    /**
     * @param block last block that was read
     * @param lagBlocks blocks after it, as of {@code updatedAt}
     * @param late whether these are too many, or nobody has looked for too long
     */
    public record Progress(long block, long lagBlocks, boolean late, Instant updatedAt) {}

    /** None before the first look at the chain. */
    public Optional<Progress> progress() {
        return QuarkusTransaction.requiringNew()
                .call(() -> IndexerCursor.current()
                        .map(cursor ->
                                new Progress(cursor.blockNumber, cursor.lag(), isLate(cursor), cursor.updatedAt)));
    }

    private boolean isLate(IndexerCursor cursor) {
        return cursor.lag() > config.indexer().maxLagBlocks()
                || cursor.updatedAt.plus(config.indexer().maxSilence()).isBefore(clock.instant());
    }
}
