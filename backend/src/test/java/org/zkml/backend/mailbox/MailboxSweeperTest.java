package org.zkml.backend.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.index.Indexer;
import org.zkml.backend.chain.index.IndexerCursor;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.backend.market.TestMarket;
import org.zkml.prover.envelope.MessageKind;

/** What the sweeper must not believe of a campaign while the chain is read. */
@QuarkusTest
@OnManualMarket
class MailboxSweeperTest {

    /** Later than any campaign's end, and than what messages are kept for after it. */
    private static final Instant LATE = Instant.ofEpochSecond(4_000_000_000L);

    @Inject
    ChainConfig config;

    @Inject
    Indexer indexer;

    @Inject
    MailboxSweeper sweeper;

    @BeforeEach
    void leaveAMessage() {
        final TestMarket market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        final BigInteger campaign = market.open(market.providers(3));
        indexer.catchUp();
        QuarkusTransaction.requiringNew().run(() -> {
            MailboxMessage.deleteAll();
            final MailboxMessage message = new MailboxMessage();
            message.number = 1;
            message.id = "0x01";
            message.campaignId = campaign;
            message.kind = MessageKind.SHARE;
            message.sender = "0xaa";
            message.recipient = "0xbb";
            message.envelope = new byte[1];
            message.envelopeBytes = 1;
            message.signature = new byte[1];
            message.receivedAt = Instant.now();
            message.persist();
        });
    }

    @Test
    void removesNothingWhileBlocksAreMissing() {
        addToHead(1);
        assertEquals(0, sweeper.sweep(LATE));
        addToHead(-1);
        assertEquals(1, sweeper.sweep(LATE));
    }

    @Test
    void removesNothingWhileNothingIsKnownOfTheChain() {
        QuarkusTransaction.requiringNew().run(() -> IndexerCursor.deleteAll());
        assertEquals(0, sweeper.sweep(LATE));
        indexer.rebuild();
        assertEquals(1, sweeper.sweep(LATE));
    }

    private static void addToHead(long blocks) {
        QuarkusTransaction.requiringNew().run(() -> IndexerCursor.current().orElseThrow().headNumber += blocks);
    }
}
