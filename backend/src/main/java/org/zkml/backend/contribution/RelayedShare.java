package org.zkml.backend.contribution;

import java.math.BigInteger;
import org.zkml.backend.chain.relay.Relayed;

/**
 * A share that the server brings to the chain, encrypted or, as an answer to a dispute, in clear.
 *
 * @param relayed where its transaction stands
 */
public record RelayedShare(Relayed relayed, Place place) {

    /**
     * Which share.
     *
     * @param provider whose contribution's it is, in lower case
     * @param aggregator for which it is, from 0
     */
    public record Place(BigInteger campaignId, int round, String provider, int aggregator) {}

    /** @param created whether the message is new, or tried again after a failure */
    public record Submitted(RelayedShare share, boolean created) {}
}
