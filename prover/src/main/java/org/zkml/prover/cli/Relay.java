package org.zkml.prover.cli;

import java.math.BigInteger;

/** Brings messages to the contracts: through a server that pays the gas, or directly. What returns a receipt returns when its transaction is mined. */
public interface Relay extends ShareWay {

    Receipt register(Registration registration);

    Receipt join(SeatRequest request);

    Receipt contribute(Contribution contribution);

    Receipt claim(BigInteger campaignId, Address account);
}
