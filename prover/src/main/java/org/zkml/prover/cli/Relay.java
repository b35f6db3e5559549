package org.zkml.prover.cli;

import java.math.BigInteger;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.chain.Pending;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.RoundId;

/** Brings messages to the contracts: through a server that pays the gas, or directly. What returns a receipt returns when its transaction is mined. */
public interface Relay {

    Receipt register(Registration registration);

    Receipt join(SeatRequest request);

    Receipt contribute(Contribution contribution);

    Receipt claim(BigInteger campaignId, Address account);

    /**
     * Publishes a share, encrypted.
     *
     * @param context what its envelope is for
     * @param aggregator for which it is, from 0
     */
    Pending publishShare(MessageContext context, int aggregator, Mailbox.Signed share);

    /** Answers a dispute with the share in clear. */
    Receipt revealShare(RoundId round, Contributor contributor, ShareAnswer answer);
}
