package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;

/**
 * A query, and, once it came, its answer: what its buyer keeps, and what anybody whom the buyer gives it to can check. It holds the rows.
 *
 * @param market address of the contract
 * @param rows as they were sent: a list a row, in the schema's order
 * @param batch the same, quantised
 * @param signature the session key's, over the query
 * @param others of the session key under the same count and rows with other deadlines: an answer may be to any of them, and they release nothing more
 * @param response the seller's, or null
 * @param refused that the seller refused the rows, or null
 * @param verified whether this workspace has verified the answer's proof: nobody else's word
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a signature, never compared
record AnswerFile(
        BigInteger chainId,
        Address market,
        Query query,
        QueryBatch batch,
        ArrayNode rows,
        byte[] signature,
        List<Signature> others,
        Refusal refused,
        SellerAnswer response,
        boolean verified) {

    /**
     * What the session key signed.
     *
     * @param deadline Unix seconds
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Signature(BigInteger deadline, byte[] bytes) {}

    /**
     * The seller's word that the model cannot be asked about these rows: it is not sent them again.
     *
     * @param row of the query, from 0, that it named; -1 if it named none
     */
    record Refusal(int row) {

        private static Refusal of(JsonFile json, int rows) {
            return new Refusal(json.has("row") ? (int) json.integer("row", 0, rows - 1) : -1);
        }
    }

    private static final String FORMAT = "zkml-answer/1";
    private static final int SALT_BYTES = QueryBatch.SALT_BYTES;
    private static final int SIGNATURE_BYTES = 65;
    static final long COUNT_HIGHEST = 0xffff_ffffL;

    static AnswerFile read(Path path) {
        final JsonFile json = JsonFile.read(path);
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        final JsonFile query = json.object("query");
        final int features = Math.toIntExact(query.integer("features", 1, 1 << 20));
        final QueryBatch batch;
        try {
            batch = new QueryBatch(values(query), features, query.hex("salt", SALT_BYTES));
        } catch (IllegalArgumentException e) {
            throw query.problem("values", e.getMessage(), "get the file again");
        }
        if (!query.node().path("rows").isArray()) {
            throw query.problem("rows", "is no list", "get the file again");
        }
        return new AnswerFile(
                json.decimal("chainId"),
                json.address("market"),
                new Query(
                        query.decimal("modelId"),
                        query.decimal("passId"),
                        query.integer("count", 1, COUNT_HIGHEST),
                        batch.inputsHash(),
                        query.decimal("deadline")),
                batch,
                (ArrayNode) query.node().get("rows"),
                query.hex("signature", SIGNATURE_BYTES),
                query.has("others")
                        ? query.objects(
                                "others",
                                other -> new Signature(
                                        other.decimal("deadline"), other.hex("signature", SIGNATURE_BYTES)))
                        : List.of(),
                json.has("refused") ? Refusal.of(json.object("refused"), batch.rows()) : null,
                json.has("answer") ? new SellerAnswer(json.object("answer")) : null,
                json.flagOr("verified", false));
    }

    private static short[] values(JsonFile query) {
        final JsonNode list = query.node().path("values");
        if (!list.isArray()) {
            throw query.problem("values", "is no list", "get the file again");
        }
        final short[] values = new short[list.size()];
        for (int i = 0; i < values.length; i++) {
            if (!list.get(i).isInt()
                    || list.get(i).asInt() != (short) list.get(i).asInt()) {
                throw query.problem("values[" + i + "]", "is " + list.get(i), "write a quantised value of 16 bits");
            }
            values[i] = (short) list.get(i).asInt();
        }
        return values;
    }

    /** The whole document. */
    ObjectNode json() {
        final ObjectNode json = Console.object()
                .put("format", FORMAT)
                .put("chainId", chainId.toString())
                .put("market", market.toString());
        final ObjectNode asked = json.putObject("query")
                .put("modelId", query.modelId().toString())
                .put("passId", query.passId().toString())
                .put("count", query.count())
                .put("deadline", query.deadline().toString())
                .put("salt", Hex.of(batch.salt()))
                .put("features", batch.features());
        asked.set("rows", rows);
        final ArrayNode values = asked.putArray("values");
        for (short value : batch.values()) {
            values.add((int) value);
        }
        asked.put("signature", Hex.of(signature));
        if (!others.isEmpty()) {
            final ArrayNode list = asked.putArray("others");
            others.forEach(other -> list.addObject()
                    .put("deadline", other.deadline().toString())
                    .put("signature", Hex.of(other.bytes())));
        }
        if (refused != null) {
            final ObjectNode refusal = json.putObject("refused");
            if (refused.row() >= 0) {
                refusal.put("row", refused.row());
            }
        }
        if (response != null) {
            json.set("answer", response.kept());
            json.put("verified", verified);
        }
        return json;
    }

    AnswerFile with(SellerAnswer newResponse, boolean nowVerified) {
        return new AnswerFile(chainId, market, query, batch, rows, signature, others, null, newResponse, nowVerified);
    }

    /** As it was before it was signed, with the signature. */
    AnswerFile signed(byte[] newSignature) {
        return new AnswerFile(chainId, market, query, batch, rows, newSignature, others, refused, response, verified);
    }

    /** With the seller's refusal of its rows. @param row that it named: any number, a stranger's word */
    AnswerFile refusedFor(long row) {
        final Refusal refusal = new Refusal(row >= 0 && row < batch.rows() ? (int) row : -1);
        return new AnswerFile(chainId, market, query, batch, rows, signature, others, refusal, response, verified);
    }

    /** The features of the row that the seller refused; null if it refused or named none. */
    ShortBuffer refusedRow() {
        return refused == null || refused.row() < 0
                ? null
                : ShortBuffer.wrap(batch.values(), refused.row() * batch.features(), batch.features());
    }

    /** With another signature, which is sent from now on; the earlier ones are kept. */
    AnswerFile signedAgain(BigInteger deadline, byte[] newSignature) {
        final List<Signature> earlier = new ArrayList<>(others);
        earlier.add(new Signature(query.deadline(), signature));
        final Query later = new Query(query.modelId(), query.passId(), query.count(), query.inputsHash(), deadline);
        return new AnswerFile(
                chainId, market, later, batch, rows, newSignature, List.copyOf(earlier), refused, response, verified);
    }

    /** With what the seller said, as the query that it says it answers: that may be one signed earlier. */
    AnswerFile answeredBy(SellerAnswer said) {
        final BigInteger answered = said.receipt().queryId();
        for (Signature other : others) {
            final AnswerFile earlier = signedAgain(other.deadline(), other.bytes());
            if (new BigInteger(1, earlier.queryId()).equals(answered)) {
                return new AnswerFile(
                        chainId,
                        market,
                        earlier.query,
                        batch,
                        rows,
                        earlier.signature,
                        earlier.others.stream().filter(one -> one != other).toList(),
                        null,
                        said,
                        false);
            }
        }
        return with(said, false);
    }

    /** What the API takes. */
    ObjectNode request(boolean proofLater) {
        final ObjectNode json = Console.object()
                .put("passId", query.passId().toString())
                .put("count", query.count())
                .put("deadline", query.deadline().toString())
                .put("salt", Hex.of(batch.salt()));
        json.set("rows", rows);
        return json.put("signature", Hex.of(signature)).put("proof", proofLater ? "later" : "now");
    }

    MarketMessages messages() {
        return new MarketMessages(chainId, market.toBigInteger());
    }

    /** Digest of the query. */
    byte[] queryId() {
        return messages().query(query);
    }

    /** Whether the answer has come. */
    boolean answered() {
        return response != null;
    }

    /** Whether the proof has come. */
    boolean hasProof() {
        return answered() && response.hasProof();
    }
}
