package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.StreamSupport;
import org.zkml.prover.commitment.SecretScalars;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.HiddenColumn;

/** What a seller said, as the API has it: of the right form where it is read, and in nothing else checked. */
record SellerAnswer(JsonFile json) {

    private static final int SIGNATURE_BYTES = 65;
    private static final int MAX_PROOF_BYTES = 1 << 16;

    boolean hasProof() {
        return json.has("proof");
    }

    /** Whether a proof has been asked for, or is there. */
    boolean proofAsked() {
        return !json.textOr("proofState", "").equals("none");
    }

    /** Whether the seller has let the term pass, or an earlier answer's, so that it will not prove this one. */
    boolean proofLapsed() {
        return json.textOr("proofState", "").equals("lapsed");
    }

    byte[] proof() {
        return json.parsed("proof", text -> {
            if (text.length() > 2 * MAX_PROOF_BYTES || !text.matches("0x([0-9a-f]{2})*")) {
                throw new IllegalArgumentException("no proof of at most " + MAX_PROOF_BYTES + " bytes");
            }
            return HexFormat.of().parseHex(text.substring(2));
        });
    }

    SellerAnswer withoutProof() {
        final ObjectNode rest = json.node().deepCopy();
        rest.remove("proof");
        return new SellerAnswer(JsonFile.of(json.source(), rest));
    }

    /** What is read of it here, to be kept. A seller can say much more. */
    ObjectNode kept() {
        final ObjectNode kept = Console.object();
        final ArrayNode predictions = kept.putArray("predictions");
        final int[] tableValues = tableValues();
        final double[] values = values();
        for (int i = 0; i < tableValues.length; i++) {
            predictions.addObject().put("tableValue", tableValues[i]).put("value", values[i]);
        }
        final JsonFile blinders = json.object("blinders");
        kept.putObject("blinders")
                .put("x", blinders.decimal("x").toString())
                .put("p", blinders.decimal("p").toString());
        final AnswerReceipt receipt = receipt();
        final ObjectNode signed = kept.putObject("receipt")
                .put("modelId", receipt.modelId().toString())
                .put("passId", receipt.passId().toString())
                .put("count", receipt.count())
                .put("queryId", Hex.word(receipt.queryId()))
                .put("version", receipt.version())
                .put("lq", receipt.lq());
        write(signed.putObject("cX"), receipt.rows());
        write(signed.putObject("cP"), receipt.predictions());
        signed.put("proofDeadline", receipt.proofDeadline().toString()).put("signature", Hex.of(receiptSignature()));
        if (hasProof()) {
            kept.put("proof", Hex.of(proof()));
        }
        return kept;
    }

    private static void write(ObjectNode json, G1Affine point) {
        json.put("x", point.x().toString()).put("y", point.y().toString());
    }

    /** What the seller says that it signed. */
    AnswerReceipt receipt() {
        final JsonFile receipt = json.object("receipt");
        return new AnswerReceipt(
                receipt.decimal("modelId"),
                receipt.decimal("passId"),
                receipt.integer("count", 1, AnswerFile.COUNT_HIGHEST),
                new BigInteger(1, receipt.hex("queryId", 32)),
                Math.toIntExact(receipt.integer("version", 1, 0xffff)),
                Math.toIntExact(receipt.integer("lq", 0, 28)),
                point(receipt, "cX"),
                point(receipt, "cP"),
                receipt.decimal("proofDeadline"));
    }

    byte[] receiptSignature() {
        return json.object("receipt").hex("signature", SIGNATURE_BYTES);
    }

    /** The answer, with the commitments of the receipt. */
    Answer answer() {
        final AnswerReceipt receipt = receipt();
        final JsonFile blinders = json.object("blinders");
        return new Answer(
                tableValues(),
                receipt.lq(),
                new HiddenColumn(receipt.rows(), scalar(blinders, "x")),
                new HiddenColumn(receipt.predictions(), scalar(blinders, "p")));
    }

    /** The predictions as values of the activation table. */
    int[] tableValues() {
        return json
                .objects("predictions", item -> (int) item.integer("tableValue", Short.MIN_VALUE, Short.MAX_VALUE))
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The predictions as numbers. */
    double[] values() {
        return StreamSupport.stream(json.node().path("predictions").spliterator(), false)
                .mapToDouble(item ->
                        item.path("value").isNumber() ? item.path("value").asDouble() : Double.NaN)
                .toArray();
    }

    private static Scalar scalar(JsonFile json, String field) {
        return json.parsed(field, text -> SecretScalars.read(RoundId.word(json.decimal(field))));
    }

    private static G1Affine point(JsonFile json, String field) {
        final JsonFile point = json.object(field);
        try {
            return G1Affine.of(point.decimal("x"), point.decimal("y"));
        } catch (IllegalArgumentException e) {
            throw json.problem(field, e.getMessage(), "ask again");
        }
    }
}
