package org.zkml.prover.envelope;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.zkml.prover.hash.Keccak256;

/**
 * What an envelope is for: it opens in no other context.
 *
 * @param sender address of the account that signs the message
 * @param recipient address of the account whose keys it is encrypted to
 */
public record MessageContext(RoundId round, MessageKind kind, BigInteger sender, BigInteger recipient) {

    private static final byte[] DOMAIN = Keccak256.hash("zkml/envelope/1".getBytes(StandardCharsets.US_ASCII));

    public MessageContext {
        RoundId.account("sender", sender);
        RoundId.account("recipient", recipient);
    }

    /** Eight words of 32 bytes: domain, chain, contract, campaign, round, kind, sender, recipient. */
    byte[] encode() {
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        words.writeBytes(DOMAIN);
        words.writeBytes(round.encode());
        words.writeBytes(RoundId.word(BigInteger.valueOf(kind.code())));
        words.writeBytes(RoundId.account("sender", sender));
        words.writeBytes(RoundId.account("recipient", recipient));
        return words.toByteArray();
    }

    /** The place that a campaign's mailbox has for one such message: keccak of campaign, round, kind, sender and recipient, as words. */
    public byte[] place() {
        return Keccak256.hash(
                RoundId.word(round.campaignId()),
                RoundId.word(BigInteger.valueOf(round.round())),
                RoundId.word(BigInteger.valueOf(kind.code())),
                RoundId.word(sender),
                RoundId.word(recipient));
    }

    @Override
    public String toString() {
        return kind.id() + " from 0x" + hex(sender) + " to 0x" + hex(recipient) + ", " + round;
    }

    private static String hex(BigInteger account) {
        return "0".repeat(Math.max(0, 40 - account.toString(16).length())) + account.toString(16);
    }
}
