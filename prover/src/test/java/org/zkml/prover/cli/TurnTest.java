package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Campaign CAMPAIGN = new Campaign(
            BigInteger.ONE,
            Address.of(BigInteger.ONE),
            CampaignState.RUNNING,
            0,
            3,
            null,
            List.of(),
            new Campaign.Deadlines(0, 0, 0, 0, 0, 0));

    @Test
    void theFirstDoesNotWait() {
        assertTrue(new Turn(0, 3_600).hasCome("close", CAMPAIGN, 0));
    }

    @Test
    void othersWaitEachForTheOneBefore() {
        final Turn third = new Turn(2, 30);
        assertFalse(third.hasCome("close", CAMPAIGN, 0));
        assertFalse(third.hasCome("close", CAMPAIGN, 599));
        assertTrue(new Turn(2, 0).hasCome("close", CAMPAIGN, 0));
    }

    /** A process that was started for one look has seen nothing: the chain tells that nobody did it. */
    @Test
    void whoLooksOnceGoesByTheChain() {
        assertTrue(new Turn(2, 30).hasCome("close", CAMPAIGN, 600));
    }
}
