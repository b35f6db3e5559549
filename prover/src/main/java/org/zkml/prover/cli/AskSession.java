package org.zkml.prover.cli;

import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.SessionKey;

/**
 * What a buyer asks with.
 *
 * @param key that signs for the pass
 */
record AskSession(
        Console console, Chain chain, Deployment deployment, Pass pass, SessionKey key, SellerClient seller) {}
