package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vault.Vault;

/** Envelopes that are sent again, and those that must not be. */
class SentSharesTest {

    private static final RoundId ROUND = new RoundId(BigInteger.ONE, BigInteger.TWO, BigInteger.ONE, 3);

    private final Identity provider = Identity.create();
    private final Identity aggregator = Identity.create();
    private final PublicKeys keys = new PublicKeys(aggregator.x25519PublicKey(), aggregator.mlKemPublicKey());
    private final MessageContext context = new MessageContext(
            ROUND,
            MessageKind.SHARE,
            provider.address().toBigInteger(),
            aggregator.address().toBigInteger());

    @TempDir
    private Path folder;

    private Vault vault;
    private SentShares sent;

    @BeforeEach
    void open() {
        vault = Vault.create(folder.resolve("vault"), Cli.PASSPHRASE.toCharArray());
        sent = over(vault);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private SentShares over(Vault opened) {
        return new SentShares(new CampaignSession(
                null,
                false,
                null,
                null,
                BigInteger.ONE,
                null,
                null,
                null,
                opened,
                provider,
                new Mailbox(null, null, provider),
                null,
                null,
                null));
    }

    private static VectorOpening share(long first) {
        return new VectorOpening(List.of(Scalar.of(first), Scalar.of(2)), Scalar.of(3));
    }

    private Optional<byte[]> opened(Mailbox.Signed signed) {
        return new Mailbox(null, null, aggregator).open(context, signed);
    }

    @Test
    void sendsTheBytesOfBeforeAlsoAfterARestart() {
        final Mailbox.Signed first = sent.keep(context, share(1), keys);
        vault.close();
        vault = Vault.open(folder.resolve("vault"), Cli.PASSPHRASE.toCharArray());
        final Mailbox.Signed again = over(vault).keep(context, share(1), keys);
        assertArrayEquals(first.envelope(), again.envelope());
        assertArrayEquals(first.signature(), again.signature());
        assertArrayEquals(share(1).encode(), opened(again).orElseThrow());
    }

    /** The chain undid a contribution, and the next one has other shares: what counted for the first envelope says nothing of the second. */
    @Test
    void sealsAnotherShareAnew() {
        final Mailbox.Signed first = sent.keep(context, share(1), keys);
        sent.acknowledge(context, new Mailbox.Letter(context, first, Optional.empty()));
        sent.notePublished(context, first);
        assertTrue(sent.isAcknowledged(context, first));
        assertTrue(sent.isPublishedInTime(context, first));
        final Mailbox.Signed second = sent.keep(context, share(5), keys);
        assertFalse(Arrays.equals(first.envelope(), second.envelope()));
        assertArrayEquals(share(5).encode(), opened(second).orElseThrow());
        assertArrayEquals(second.envelope(), sent.kept(context).envelope());
        assertFalse(sent.isAcknowledged(context, second));
        assertFalse(sent.isPublishedInTime(context, second));
    }

    /** It is out, whatever the chain says later; another sharing's share in the same place is not. */
    @Test
    void remembersWhatItHasShownAlsoAfterARestart() {
        assertFalse(sent.isShown(context, share(1)));
        sent.noteShown(context, share(1));
        vault.close();
        vault = Vault.open(folder.resolve("vault"), Cli.PASSPHRASE.toCharArray());
        assertTrue(over(vault).isShown(context, share(1)));
        assertFalse(over(vault).isShown(context, share(5)));
    }

    @Test
    void keepsWhatIsOfOtherContractsApart() {
        sent.keep(context, share(1), keys);
        final MessageContext elsewhere = new MessageContext(
                new RoundId(BigInteger.ONE, BigInteger.TEN, BigInteger.ONE, 3),
                MessageKind.SHARE,
                context.sender(),
                context.recipient());
        sent.keep(elsewhere, share(7), keys);
        assertArrayEquals(share(1).encode(), opened(sent.kept(context)).orElseThrow());
    }
}
