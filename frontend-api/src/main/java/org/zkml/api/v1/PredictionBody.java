package org.zkml.api.v1;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.inference.Prediction;
import org.zkml.backend.inference.PredictionService;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerReceipt;

/** An answer, for whoever asked. */
@Schema(name = "Prediction")
public record PredictionBody(
        @Schema(description = "The query's digest, queryId of receipt and proof")
        String id,

        String modelId,
        String passId,

        @Schema(description = "Rows asked with the pass so far, these included")
        long count,

        @Schema(description = "The deadline of the query that was answered")
        String deadline,

        @Schema(description = "One a row, in the order of the rows")
        List<Value> predictions,

        @Schema(description = "What opens the commitments of rows and predictions")
        Blinders blinders,

        Receipt receipt,

        @Schema(enumeration = {"none", "asked", "proved", "lapsed"})
        String proofState,

        @Schema(description = "Bytes of an INFER proof; null unless it is proved")
        String proof) {

    /** A prediction. */
    @Schema(name = "PredictionValue")
    public record Value(
            @Schema(
                    description = "The activation table's value, which is what is committed to and proved",
                    example = "24576")
            int tableValue,

            @Schema(description = "The same as a number: tableValue / 2^fp", example = "0.75")
            double value) {}

    @Schema(name = "PredictionBlinders")
    public record Blinders(String x, String p) {}

    /** What the seller signs. */
    @Schema(name = "PredictionReceipt")
    public record Receipt(
            String modelId,
            String passId,
            long count,
            String queryId,
            int version,
            int lq,
            PointBody cX,
            PointBody cP,

            @Schema(description = "Last Unix second at which a proof can be asked for")
            String proofDeadline,

            @Schema(description = "The seller's EIP-712 signature over Receipt, 65 bytes")
            String signature) {

        private static Receipt of(Prediction prediction) {
            final AnswerReceipt receipt = prediction.receipt();
            return new Receipt(
                    receipt.modelId().toString(),
                    receipt.passId().toString(),
                    receipt.count(),
                    prediction.queryId,
                    receipt.version(),
                    receipt.lq(),
                    PointBody.of(receipt.rows()),
                    PointBody.of(receipt.predictions()),
                    receipt.proofDeadline().toString(),
                    Hex.of(prediction.receiptSignature));
        }
    }

    static PredictionBody of(PredictionService.Answered answered) {
        final Prediction prediction = answered.prediction();
        final Answer answer = prediction.answer();
        final int[] tableValues = answer.tableValues();
        final double[] values = answer.realPredictions(answered.table());
        final List<Value> predictions = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            predictions.add(new Value(tableValues[i], values[i]));
        }
        return new PredictionBody(
                prediction.queryId,
                prediction.modelId.toString(),
                prediction.passId.toString(),
                prediction.asked,
                prediction.deadline.toString(),
                predictions,
                new Blinders(
                        answer.rows().blinder().toBigInteger().toString(),
                        answer.predictions().blinder().toBigInteger().toString()),
                Receipt.of(prediction),
                prediction.proofState.name().toLowerCase(Locale.ROOT),
                prediction.proof == null ? null : Hex.of(prediction.proof));
    }

    /** An answer with its path. */
    static Response answer(PredictionService.Answered answered, Response.Status status) {
        return Response.status(status)
                .location(URI.create("/api/v1/predictions/" + answered.prediction().queryId))
                .entity(of(answered))
                .build();
    }
}
