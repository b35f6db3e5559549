package org.zkml.prover.cli;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.hash.Keccak256;

/** The envelopes of a provider's shares, in its open vault, and the aggregators' receipts for them: who sends again sends the bytes of before. */
final class SentShares {

    private final CampaignSession session;

    SentShares(CampaignSession session) {
        this.session = session;
    }

    /**
     * The share's envelope: that of an earlier attempt, or a fresh one, on disk before it leaves; fresh as well if the earlier attempt's share was another, that of a contribution that the chain undid: an
     * aggregator may dispute that envelope in good faith. One that only the mailbox has is not taken over: what is in it nobody could say, and an answer to a
     * dispute may depend on it.
     */
    Mailbox.Signed keep(MessageContext context, VectorOpening share, PublicKeys recipient) {
        final String shareName = name(context) + "/share";
        final byte[] hash = Keccak256.hash(share.encode());
        if (session.vault().contains(shareName) && Arrays.equals(session.vault().get(shareName), hash)) {
            return kept(context);
        }
        final Mailbox.Signed signed = session.mailbox().seal(context, share.encode(), recipient);
        session.secrets().store(name(context), encode(signed));
        session.secrets().store(shareName, hash);
        session.vault().save();
        return signed;
    }

    /** What {@link #keep} kept. */
    Mailbox.Signed kept(MessageContext context) {
        return decode(session.vault().get(name(context)));
    }

    /** Keeps an aggregator's receipt: an answer in clear may depend on it, whatever the mailbox has by then. */
    void acknowledge(MessageContext context, Mailbox.Letter receipt) {
        session.secrets().store(receipt(context, kept(context)), encode(receipt.signed()));
        session.vault().save();
    }

    /** Whether the aggregator has its share: by its receipt, or since it is this account. */
    boolean isAcknowledged(MessageContext context, Mailbox.Signed signed) {
        return isHere(context) || session.vault().contains(receipt(context, signed));
    }

    /** Whether the aggregator is this account, with the keys of this vault. */
    private boolean isHere(MessageContext context) {
        return context.sender().equals(context.recipient())
                && session.events().aggregators().stream()
                        .filter(aggregator -> aggregator.account().equals(session.account()))
                        .anyMatch(aggregator ->
                                session.identity().encryptionKeys().open(aggregator.keys()));
    }

    /** Notes that this envelope was on chain, final, before disputes began: an answer in clear may depend on it. */
    void notePublished(MessageContext context, Mailbox.Signed signed) {
        if (!isPublishedInTime(context, signed)) {
            session.vault().putSaved(inTime(context, signed), new byte[] {1});
        }
    }

    boolean isPublishedInTime(MessageContext context, Mailbox.Signed signed) {
        return session.vault().contains(inTime(context, signed));
    }

    /** Notes that this share is about to be shown in clear: no block that is undone, and no node that hides a dispute, makes it secret again. */
    void noteShown(MessageContext context, VectorOpening share) {
        if (!isShown(context, share)) {
            session.vault().putSaved(shown(context, share), new byte[] {1});
        }
    }

    boolean isShown(MessageContext context, VectorOpening share) {
        return session.vault().contains(shown(context, share));
    }

    /**
     * Where this very envelope of the account's is on chain.
     *
     * @param place the aggregator's, from 0
     */
    Optional<CampaignEvents.Published> published(long round, int place, Mailbox.Signed signed) {
        return session.events().published(round).stream()
                .filter(one -> one.aggregator() == place
                        && one.provider().equals(session.account())
                        && Arrays.equals(one.share().envelope(), signed.envelope())
                        && Arrays.equals(one.share().signature(), signed.signature()))
                .findFirst();
    }

    private static String name(MessageContext context) {
        return Secrets.round(Secrets.CAMPAIGNS, context.round()) + "/sent/" + Hex.of(context.place());
    }

    private static String receipt(MessageContext context, Mailbox.Signed signed) {
        return name(context) + "/receipt/" + Hex.of(Keccak256.hash(signed.envelope()));
    }

    private static String inTime(MessageContext context, Mailbox.Signed signed) {
        return name(context) + "/published/" + Hex.of(Keccak256.hash(signed.envelope()));
    }

    private static String shown(MessageContext context, VectorOpening share) {
        return name(context) + "/shown/" + Hex.of(Keccak256.hash(share.encode()));
    }

    private static byte[] encode(Mailbox.Signed signed) {
        return ByteBuffer.allocate(Integer.BYTES + signed.envelope().length + signed.signature().length)
                .putInt(signed.envelope().length)
                .put(signed.envelope())
                .put(signed.signature())
                .array();
    }

    private static Mailbox.Signed decode(byte[] bytes) {
        final int length = ByteBuffer.wrap(bytes).getInt();
        final int end = Integer.BYTES + length;
        return new Mailbox.Signed(
                Arrays.copyOfRange(bytes, Integer.BYTES, end), Arrays.copyOfRange(bytes, end, bytes.length));
    }
}
