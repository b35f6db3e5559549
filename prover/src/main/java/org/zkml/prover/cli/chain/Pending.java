package org.zkml.prover.cli.chain;

import org.zkml.prover.cli.Receipt;

/** A transaction that was sent. */
public interface Pending {

    /**
     * Waits until it is mined.
     *
     * @throws org.zkml.prover.cli.CommandException if it was reverted, or is not mined for a long time; who sends the same call again then waits for this transaction
     */
    Receipt await();
}
