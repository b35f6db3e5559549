package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.StructuredDataEncoder;
import org.zkml.prover.envelope.MailboxDigests;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.hash.Keccak256;

/** The mailbox's messages as wallets would hash and show them. */
class MailboxDigestsTest {

    private static final long SEED = 712;

    private static final String MESSAGE = """
            {"name": "campaignId", "type": "uint256"}, {"name": "round", "type": "uint256"}, {"name": "kind", "type": "uint8"},
            {"name": "sender", "type": "address"}, {"name": "recipient", "type": "address"}, {"name": "envelopeHash", "type": "bytes32"}""";

    private static final String READ_MESSAGES = """
            {"name": "campaignId", "type": "uint256"}, {"name": "account", "type": "address"}, {"name": "deadline", "type": "uint256"}""";

    @Test
    void areThoseOfTypedData() throws IOException {
        final Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            final RoundId round = new RoundId(
                    BigInteger.valueOf(1 + random.nextInt(100_000)),
                    new BigInteger(160, random),
                    new BigInteger(200, random),
                    random.nextInt(65_536));
            final MessageKind kind = MessageKind.values()[i % 5];
            final MessageContext context =
                    new MessageContext(round, kind, new BigInteger(160, random), new BigInteger(160, random));
            final byte[] envelope = new byte[random.nextInt(3000)];
            random.nextBytes(envelope);
            final BigInteger deadline = new BigInteger(256, random);
            assertArrayEquals(
                    typed(
                            round,
                            "Message",
                            MESSAGE,
                            "\"campaignId\": \"%s\", \"round\": \"%d\", \"kind\": \"%d\", \"sender\": \"%s\", \"recipient\": \"%s\", \"envelopeHash\": \"0x%s\""
                                    .formatted(
                                            round.campaignId(),
                                            round.round(),
                                            i % 5 + 1,
                                            address(context.sender()),
                                            address(context.recipient()),
                                            HexFormat.of().formatHex(Keccak256.hash(envelope)))),
                    MailboxDigests.message(context, envelope));
            assertArrayEquals(
                    typed(
                            round,
                            "ReadMessages",
                            READ_MESSAGES,
                            "\"campaignId\": \"%s\", \"account\": \"%s\", \"deadline\": \"%s\""
                                    .formatted(round.campaignId(), address(context.sender()), deadline)),
                    MailboxDigests.reading(round, context.sender(), deadline));
        }
    }

    private static byte[] typed(RoundId round, String type, String members, String values) throws IOException {
        final String json = """
                {"types": {"EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
                  {"name": "chainId", "type": "uint256"}, {"name": "verifyingContract", "type": "address"}], "%s": [%s]},
                 "primaryType": "%s", "domain": {"name": "zkML Mailbox", "version": "1", "chainId": "%s", "verifyingContract": "%s"},
                 "message": {%s}}""".formatted(type, members, type, round.chainId(), address(round.contract()), values);
        return new StructuredDataEncoder(json).hashStructuredData();
    }

    private static String address(BigInteger account) {
        return "0x" + "0".repeat(40 - account.toString(16).length()) + account.toString(16);
    }
}
