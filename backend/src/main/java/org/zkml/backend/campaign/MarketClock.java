package org.zkml.backend.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.zkml.backend.chain.index.IndexerCursor;

/** The chain's present time as the indexer saw it last, and what the contracts' clocks showed then. */
@ApplicationScoped
public class MarketClock {

    /**
     * @param unixTime Unix seconds
     * @param clock what the contract's clock shows: less by all pauses
     */
    public record Now(long unixTime, long clock) {

        /** When the clock will show a time, if no further second is paused. */
        public Instant at(long clockTime) {
            return Instant.ofEpochSecond(clockTime + (unixTime - clock));
        }
    }

    /** By the campaigns' clock. Part of the caller's transaction. */
    public Now now() {
        return now(MarketPause.campaigns());
    }

    /** The sale's clock. Part of the caller's transaction. */
    public PausableClock sale() {
        return MarketPause.sale();
    }

    /** By a clock. Part of the caller's transaction. */
    public Now now(PausableClock clock) {
        final long time =
                IndexerCursor.current().map(cursor -> cursor.chainTime).orElse(0L);
        return new Now(time, clock.clock(time));
    }
}
