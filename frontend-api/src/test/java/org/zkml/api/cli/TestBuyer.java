package org.zkml.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;
import org.zkml.prover.vault.Vault;

/** A buyer that signs and sends what it likes, with a session key that its tool drew. */
final class TestBuyer {

    /** Rows of the small schema: age 53 and dose 2 are its means. */
    static final String ROW = "[53, 2]";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final BigInteger DAY = BigInteger.valueOf(86_400);

    private final Sale sale;
    private final URI server;
    private final SessionKey key;
    private final BigInteger passId;

    private TestBuyer(Sale sale, URI server, SessionKey key, String pass) {
        this.sale = sale;
        this.server = server;
        this.key = key;
        this.passId = new BigInteger(pass);
    }

    static TestBuyer of(Sale sale, URI server, String pass) {
        final Address address = Address.parse(
                sale.buyer.done("pass", "show", pass).get("sessionKey").asText());
        try (Vault vault = Vault.open(
                sale.buyer.workspace().resolve("vault.zkml"), "correct horse battery staple".toCharArray())) {
            final SessionKey key = SessionKey.of(vault.get("sessions/" + Hex.of(address.toBytes())));
            return new TestBuyer(sale, server, key, pass);
        }
    }

    /** What the server said. */
    record Said(int status, JsonNode body) {
        String type() {
            return body.path("type").asText().replace("urn:zkml:problem:", "");
        }
    }

    /** A query about rows that are all at the schema's means. */
    ObjectNode query(long count, int rows, byte[] salt) {
        return query(count, rows, salt, sale.deployment.chainId());
    }

    /** As {@link #query}, signed for some chain. */
    ObjectNode query(long count, int rows, byte[] salt, BigInteger chainId) {
        final short one = 16; // b = 8: four fractional bits
        final short[] values = new short[3 * rows];
        for (int i = 0; i < rows; i++) {
            values[3 * i] = one;
        }
        final Query query = new Query(
                new BigInteger(sale.model),
                passId,
                count,
                new QueryBatch(values, 3, salt).inputsHash(),
                BigInteger.valueOf(sale.federation.time()).add(DAY));
        final byte[] digest =
                new MarketMessages(chainId, sale.deployment.inferenceMarket().toBigInteger()).query(query);
        final ObjectNode request = JSON.createObjectNode()
                .put("passId", passId.toString())
                .put("count", count)
                .put("deadline", query.deadline().toString())
                .put("salt", Hex.of(salt))
                .put("signature", Hex.of(key.sign(digest)));
        final var list = request.putArray("rows");
        for (int i = 0; i < rows; i++) {
            list.add(parse(ROW));
        }
        return request;
    }

    static byte[] salt(int value) {
        final byte[] salt = new byte[QueryBatch.SALT_BYTES];
        salt[0] = (byte) value;
        return salt;
    }

    Said ask(JsonNode request) {
        return ask(sale.model, request);
    }

    Said ask(String model, JsonNode request) {
        return send(HttpRequest.newBuilder(server.resolve("/api/v1/models/" + model + "/predictions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request.toString())));
    }

    /** Reads an answer with a permission signed by this key. */
    Said read(String id) {
        final BigInteger deadline = BigInteger.valueOf(System.currentTimeMillis() / 1000 + 60);
        final byte[] digest = new MarketMessages(
                        sale.deployment.chainId(),
                        sale.deployment.inferenceMarket().toBigInteger())
                .reading(passId, deadline);
        return send(HttpRequest.newBuilder(server.resolve("/api/v1/predictions/" + id))
                .header("Predictions-Deadline", deadline.toString())
                .header("Predictions-Signature", Hex.of(key.sign(digest)))
                .GET());
    }

    private static Said send(HttpRequest.Builder request) {
        try {
            final HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Said(response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** Changes a byte of hex digits, the one before the last. */
    static String changed(String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex.substring(2));
        bytes[bytes.length - 2] ^= 1;
        return Hex.of(bytes);
    }
}
