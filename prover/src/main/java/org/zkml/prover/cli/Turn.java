package org.zkml.prover.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * Who of several aggregators does what any of them may do: the first at once, each other one if it is still to be done a while later, by its own clock since it saw that it is due; or, for commands that end at once and
 * have seen nothing, much later by the chain's.
 */
final class Turn {

    /** So many times as long by the chain's clock, which does not tell when the others were ready. */
    private static final long PATIENCE = 10;

    private final int place;
    private final long takeoverSeconds;
    private final Map<String, Long> due = new HashMap<>();

    /** @param place the aggregator's, from 0 */
    Turn(int place, long takeoverSeconds) {
        this.place = place;
        this.takeoverSeconds = takeoverSeconds;
    }

    /**
     * Whether what is due now has been due for as long as this aggregator waits.
     *
     * @param sinceSeconds for how long it may have been due, by the chain
     */
    boolean hasCome(String what, Campaign campaign, long sinceSeconds) {
        final long now = System.nanoTime();
        final long seen = due.computeIfAbsent(campaign.round() + " " + what, key -> now);
        final long wait = Math.multiplyExact(place, takeoverSeconds);
        return (now - seen) / 1_000_000_000L >= wait || sinceSeconds / PATIENCE >= wait;
    }
}
