package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.chain.Pending;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.RoundId;

/** Ways that fail when they are asked, or when they are waited for. */
class ShareRelayTest {

    private static final Mailbox.Signed SHARE = new Mailbox.Signed(new byte[] {1}, new byte[] {2});

    private final List<String> asked = new ArrayList<>();

    /** A way of which one step fails, or none. */
    private record Way(String name, List<String> asked, Receipt receipt, CommandException refusal, boolean brings)
            implements ShareWay {

        @Override
        public Pending publishShare(MessageContext context, int aggregator, Mailbox.Signed share) {
            assertSame(SHARE, share);
            asked.add(name);
            require(true);
            return this::await;
        }

        @Override
        public Receipt revealShare(RoundId round, Contributor contributor, ShareAnswer answer) {
            asked.add(name);
            return await();
        }

        private Receipt await() {
            require(brings);
            return receipt;
        }

        private void require(boolean works) {
            if (refusal != null) {
                throw refusal;
            }
            if (!works) {
                throw new CommandException(ExitCode.REFUSED, name + " fails");
            }
        }
    }

    private Way way(String name, boolean takes, boolean brings) {
        final CommandException refusal = takes ? null : new CommandException(ExitCode.REFUSED, name + " fails");
        return new Way(name, asked, new Receipt(name, 1, BigInteger.ONE), refusal, brings);
    }

    @Test
    void asksNobodyElseWhereTheFirstWorks() {
        final ShareRelay relay = new ShareRelay(List.of(way("account", true, true), way("server", true, true)));
        assertEquals("account", relay.publish(null, 0, SHARE).await().transactionHash());
        assertEquals("account", relay.reveal(null, null, null).transactionHash());
        assertEquals(List.of("account", "account"), asked);
    }

    @Test
    void takesTheNextWhereTheFirstRefuses() {
        final ShareRelay relay = new ShareRelay(List.of(way("account", false, true), way("server", true, true)));
        assertEquals("server", relay.publish(null, 0, SHARE).await().transactionHash());
        assertEquals("server", relay.reveal(null, null, null).transactionHash());
        assertEquals(List.of("account", "server", "account", "server"), asked);
    }

    @Test
    void takesTheNextOnlyWhenTheFirstHasFailed() {
        final ShareRelay relay = new ShareRelay(List.of(way("account", true, false), way("server", true, true)));
        final Pending pending = relay.publish(null, 0, SHARE);
        assertEquals(List.of("account"), asked);
        assertEquals("server", pending.await().transactionHash());
    }

    @Test
    void showsNobodyElseWhatTheContractRefuses() {
        final CommandException refused = new ContractRefusedException("NotDisputed()");
        final Way account = new Way("account", asked, null, refused, false);
        final ShareRelay relay = new ShareRelay(List.of(account, way("server", true, true)));
        assertSame(refused, assertThrows(CommandException.class, () -> relay.reveal(null, null, null)));
        assertSame(refused, assertThrows(CommandException.class, () -> relay.publish(null, 0, SHARE)));
        assertEquals(List.of("account", "account"), asked);
    }

    @Test
    void saysWhatKeptEachFromIt() {
        final ShareRelay refused = new ShareRelay(List.of(way("account", false, true), way("server", false, true)));
        final ShareRelay lost = new ShareRelay(List.of(way("account", true, false), way("server", true, false)));
        for (ShareRelay relay : List.of(refused, lost)) {
            for (Runnable attempt : List.<Runnable>of(
                    () -> relay.publish(null, 0, SHARE).await(), () -> relay.reveal(null, null, null))) {
                assertEquals(
                        "account fails; the other way: server fails",
                        assertThrows(CommandException.class, attempt::run).getMessage());
            }
        }
        final ShareRelay alone = new ShareRelay(List.of(way("server", false, true)));
        assertEquals(
                "server fails",
                assertThrows(CommandException.class, () -> alone.publish(null, 0, SHARE))
                        .getMessage());
    }
}
