package org.zkml.backend.campaign;

import java.util.List;

/** A contract's clock, which stands still while the contract is paused. */
public record PausableClock(List<MarketPause> pauses) {

    /** What it shows at a Unix time: that time without all pauses before it. */
    public long clock(long unixTime) {
        long clock = unixTime;
        for (MarketPause pause : pauses) {
            if (pause.beganAt < unixTime) {
                final long end = pause.endedAt == null ? unixTime : Math.min(pause.endedAt, unixTime);
                clock -= end - pause.beganAt;
            }
        }
        return clock;
    }

    /** Whether a pause lasts. */
    public boolean isPaused() {
        return pauses.stream().anyMatch(pause -> pause.endedAt == null);
    }
}
