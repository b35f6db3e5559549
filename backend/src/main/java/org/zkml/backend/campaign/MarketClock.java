package org.zkml.backend.campaign;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.zkml.backend.chain.index.IndexerCursor;

/** The chain's present time as the indexer saw it last, and the campaigns' clock then. */
@ApplicationScoped
public class MarketClock {

    /**
     * @param unixTime Unix seconds
     * @param clock what the campaigns' clock shows: less by all pauses
     */
    public record Now(long unixTime, long clock) {

        /** When the clock will show a time, if no further second is paused. */
        public Instant at(long clockTime) {
            return Instant.ofEpochSecond(clockTime + (unixTime - clock));
        }
    }

    /** Part of the caller's transaction. */
    public Now now() {
        final long time =
                IndexerCursor.current().map(cursor -> cursor.chainTime).orElse(0L);
        return new Now(time, MarketPause.clock(time));
    }
}
