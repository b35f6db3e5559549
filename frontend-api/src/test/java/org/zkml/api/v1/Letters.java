package org.zkml.api.v1;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.Response;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.web3j.crypto.Credentials;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestProvider;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.MailboxDigests;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;

/** Messages for the mailbox and permissions to read them, as the tools of a campaign's accounts make them. */
record Letters(TestMarket market, BigInteger campaign) {

    static final int LK = 2;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long MINUTES_SECONDS = 300;

    /** An account that signs. */
    record Writer(String address, UnaryOperator<byte[]> signer) {

        static Writer of(Credentials account) {
            return new Writer(account.getAddress(), digest -> TestMarket.sign(account, digest));
        }

        static Writer of(TestProvider provider) {
            return new Writer(provider.address(), provider::sign);
        }
    }

    String path() {
        return Api.CAMPAIGNS + "/" + campaign + "/messages";
    }

    RoundId round(int round) {
        return new RoundId(
                market.deployment().chainId(), integer(market.deployment().campaigns()), campaign, round);
    }

    MessageContext context(int round, MessageKind kind, String sender, String recipient) {
        return new MessageContext(round(round), kind, integer(sender), integer(recipient));
    }

    /** A body with an envelope of the right size, sealed to the recipient's keys. */
    ObjectNode letter(int round, MessageKind kind, Writer sender, String recipient, byte[] payload) {
        final MessageContext context = context(round, kind, sender.address(), recipient);
        final byte[] envelope =
                Envelope.seal(payload, TestMarket.keys(recipient).publicKeys(), context);
        return signed(context, kind, sender, recipient, envelope);
    }

    ObjectNode letter(int round, MessageKind kind, Writer sender, String recipient) {
        return letter(round, kind, sender, recipient, new byte[(int) kind.payloadBytes(LK)]);
    }

    ObjectNode signed(MessageContext context, MessageKind kind, Writer sender, String recipient, byte[] envelope) {
        return MAPPER.createObjectNode()
                .put("round", context.round().round())
                .put("kind", kind.id())
                .put("sender", sender.address())
                .put("recipient", recipient)
                .put("envelope", Hex.of(envelope))
                .put("signature", Hex.of(sender.signer().apply(MailboxDigests.message(context, envelope))));
    }

    /** The headers of a permission that is good for some minutes. */
    Map<String, String> permit(Writer account) {
        return permit(account, System.currentTimeMillis() / 1000 + MINUTES_SECONDS);
    }

    Map<String, String> permit(Writer account, long deadline) {
        final byte[] digest =
                MailboxDigests.reading(round(0), integer(account.address()), BigInteger.valueOf(deadline));
        return Map.of(
                "Mailbox-Deadline",
                Long.toString(deadline),
                "Mailbox-Signature",
                Hex.of(account.signer().apply(digest)));
    }

    /** What an account has been sent. */
    Response read(Writer account, String query) {
        return given().headers(permit(account)).get(path() + "?account=" + account.address() + query);
    }

    static BigInteger integer(String address) {
        return new BigInteger(address.substring(2), 16);
    }
}
