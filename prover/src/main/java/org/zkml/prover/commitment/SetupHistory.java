package org.zkml.prover.commitment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zkml.prover.hash.Keccak256;

/**
 * Where a setup comes from.
 *
 * @param origin how it was made
 * @param source for an imported setup the file it was read from and what that file says of its own ceremony; else empty
 * @param contributions the links of our own ceremony, oldest first; empty for an imported setup
 */
public record SetupHistory(Origin origin, String source, List<SetupContribution> contributions) {

    /** How a setup was made. */
    public enum Origin {
        /** By a ceremony of this format, sound as long as one participant forgot its factors. */
        CEREMONY,
        /** By one command on one machine, for development. */
        DEVELOPMENT,
        /** Read from a .ptau file, whose own ceremony is not repeated here: compare its hash with the published one. */
        PTAU
    }

    public SetupHistory {
        contributions = List.copyOf(contributions);
        final int count = contributions.size();
        final boolean fits = switch (origin) {
            case CEREMONY -> source.isEmpty();
            case DEVELOPMENT -> source.isEmpty() && count == 1;
            case PTAU -> count == 0;
        };
        if (!fits) {
            throw new IllegalArgumentException("a history of origin " + origin + " with " + count
                    + " contributions and the source \"" + source + "\"");
        }
    }

    /** Whether the secrets of the setup must be taken as known to somebody. */
    public boolean unsafe() {
        return switch (origin) {
            case DEVELOPMENT -> true;
            case PTAU -> false;
            case CEREMONY -> participants() == 0;
        };
    }

    /** The number of contributions other than a beacon. */
    public long participants() {
        return contributions.stream()
                .filter(SetupContribution.Participant.class::isInstance)
                .count();
    }

    /** Whether a beacon has ended the ceremony. */
    public boolean finished() {
        return !contributions.isEmpty() && contributions.getLast() instanceof SetupContribution.Beacon;
    }

    /** The hash that a chain of links for 2^logSize powers starts with. */
    static byte[] firstHash(int logSize) {
        return Keccak256.hash(
                "zkml/setup/ceremony/1".getBytes(StandardCharsets.US_ASCII),
                ByteBuffer.allocate(4).putInt(logSize).array());
    }

    /** The hash of the chain up to and with link {@code count - 1}: what a participant publishes to show that its link is in. */
    public byte[] hash(int logSize, int count) {
        byte[] hash = firstHash(logSize);
        for (SetupContribution contribution : contributions.subList(0, count)) {
            hash = contribution.hashAfter(hash);
        }
        return hash;
    }

    /** The hash of the whole chain. */
    public byte[] hash(int logSize) {
        return hash(logSize, contributions.size());
    }
}
