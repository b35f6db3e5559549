package org.zkml.prover.envelope;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.zkml.prover.hash.Keccak256;

/** What accounts sign for the mailbox, as EIP-712 hashes it: domain ({@code zkML Mailbox}, {@code 1}, chain, {@code TrainingCampaigns}). No contract takes these signatures. */
public final class MailboxDigests {

    private static final byte[] DOMAIN =
            hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    private static final byte[] MESSAGE = hash("Message(uint256 campaignId,uint256 round,uint8 kind,address sender,"
            + "address recipient,bytes32 envelopeHash)");
    private static final byte[] READ_MESSAGES =
            hash("ReadMessages(uint256 campaignId,address account,uint256 deadline)");

    private MailboxDigests() {}

    /** The sender's signature over an envelope and what it is for. */
    public static byte[] message(MessageContext context, byte[] envelope) {
        final RoundId round = context.round();
        return digest(
                round,
                MESSAGE,
                RoundId.word(round.campaignId()),
                RoundId.word(BigInteger.valueOf(round.round())),
                RoundId.word(BigInteger.valueOf(context.kind().code())),
                RoundId.account("sender", context.sender()),
                RoundId.account("recipient", context.recipient()),
                Keccak256.hash(envelope));
    }

    /**
     * An account's permission to show its messages of a campaign to whoever presents it.
     *
     * @param anyRound of the campaign: the permission is for all of them
     * @param deadline last Unix second at which it is good
     */
    public static byte[] reading(RoundId anyRound, BigInteger account, BigInteger deadline) {
        return digest(
                anyRound,
                READ_MESSAGES,
                RoundId.word(anyRound.campaignId()),
                RoundId.account("account", account),
                RoundId.word(deadline));
    }

    private static byte[] digest(RoundId round, byte[]... struct) {
        final byte[] domain = words(
                DOMAIN,
                hash("zkML Mailbox"),
                hash("1"),
                RoundId.word(round.chainId()),
                RoundId.account("contract", round.contract()));
        return Keccak256.hash(new byte[] {0x19, 0x01}, Keccak256.hash(domain), Keccak256.hash(words(struct)));
    }

    private static byte[] words(byte[]... words) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] word : words) {
            all.writeBytes(word);
        }
        return all.toByteArray();
    }

    private static byte[] hash(String text) {
        return Keccak256.hash(text.getBytes(StandardCharsets.US_ASCII));
    }
}
