package org.zkml.prover.cli;

import java.util.HashMap;
import java.util.Map;

/** Who of several aggregators does what any of them may do: the first at once, each other one if it is still to be done a while later. */
final class Turn {

    private final int place;
    private final long takeoverNanos;
    private final Map<String, Long> due = new HashMap<>();

    /** @param place the aggregator's, from 0 */
    Turn(int place, long takeoverSeconds) {
        this.place = place;
        this.takeoverNanos = takeoverSeconds * 1_000_000_000L;
    }

    /** Whether what is due now has been due for as long as this aggregator waits. */
    boolean hasCome(String what, Campaign campaign) {
        final long now = System.nanoTime();
        final long since = due.computeIfAbsent(campaign.round() + " " + what, key -> now);
        return now - since >= place * takeoverNanos;
    }
}
