package org.zkml.prover.cli;

import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.chain.Pending;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.RoundId;

/** A way for shares to the chain. */
public interface ShareWay {

    /**
     * Publishes a share, encrypted.
     *
     * @param context what its envelope is for
     * @param aggregator for which it is, from 0
     */
    Pending publishShare(MessageContext context, int aggregator, Mailbox.Signed share);

    /** Answers a dispute with the share in clear; returns when its transaction is mined. */
    Receipt revealShare(RoundId round, Contributor contributor, ShareAnswer answer);
}
