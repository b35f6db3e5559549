package org.zkml.api.v1;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.model.BaseRate;
import org.zkml.backend.model.MetricViews;
import org.zkml.backend.model.ModelMetric;

/** A proved metric. */
@Schema(name = "Metric")
public record MetricBody(
        @Schema(description = "The model's: rounds averaged into it")
        int version,

        @Schema(description = "The test set") String datasetId,

        @Schema(description = "Account that registered it") String registrant,

        @Schema(
                enumeration = {"independent", "chosen by the owner"},
                description =
                        "Independent: fixed when the campaign opened, and registered neither by an aggregator nor by a seat. All others"
                                + " were chosen by whoever proved, who knows the model")
        String testSet,

        @Schema(description = "Account that proved it") String prover,
        @Schema(example = "114") long rows,

        @Schema(
                nullable = true,
                description = "Rows whose class is predicted rightly; null where targets are no classes",
                example = "111")
        Long hits,

        @Schema(nullable = true, description = "hits / rows, rounded down", example = "0.973684")
        String accuracy,

        @Schema(description = "Of the squared errors, with 2 fp fractional bits", example = "2306867")
        String squaredErrorSum,

        @Schema(example = "14") int fp,

        @Schema(description = "squaredErrorSum / (rows * 2^(2 fp)), rounded up", example = "0.024615384")
        String meanSquaredError,

        @Schema(nullable = true, description = "The test set's; null if it was not proved")
        BaseRateBody baseRate,

        @Schema(description = "keccak of the proof, which is in the transaction")
        String proofHash,

        Instant provedAt,
        long blockNumber,
        String transactionHash,

        @Schema(description = "By the whole transaction", example = "980000")
        long gasUsed) {

    private static final int ACCURACY_DIGITS = 6;
    private static final int ERROR_DIGITS = 9;

    /** How many rows of a data set are of class 1. */
    @Schema(name = "BaseRate")
    public record BaseRateBody(
            @Schema(description = "Rows of class 1", example = "72")
            long positives,

            @Schema(example = "114") long rows,

            @Schema(
                    description = "What always saying the more frequent class would hit, of 1, rounded up",
                    example = "0.631579")
            String majority,

            String prover,
            String proofHash,
            Instant provedAt,
            String transactionHash) {

        private static BaseRateBody of(BaseRate rate) {
            return new BaseRateBody(
                    rate.positives,
                    rate.rows,
                    fraction(Math.max(rate.positives, rate.rows - rate.positives), rate.rows, RoundingMode.UP),
                    rate.prover,
                    rate.proofHash,
                    rate.provedAt,
                    rate.position.transactionHash);
        }
    }

    static MetricBody of(MetricViews.View view) {
        final ModelMetric metric = view.metric();
        return new MetricBody(
                metric.modelRound,
                metric.datasetId,
                view.registrant(),
                metric.independent ? "independent" : "chosen by the owner",
                metric.prover,
                metric.rows,
                view.classes() ? metric.hits : null,
                view.classes() ? accuracy(metric) : null,
                metric.squaredErrorSum.toString(),
                view.fp(),
                meanSquaredError(metric, view.fp()),
                view.baseRate() == null ? null : BaseRateBody.of(view.baseRate()),
                metric.proofHash,
                metric.provedAt,
                metric.position.blockNumber,
                metric.position.transactionHash,
                metric.position.gasUsed);
    }

    static String accuracy(ModelMetric metric) {
        return fraction(metric.hits, metric.rows, RoundingMode.DOWN);
    }

    private static String meanSquaredError(ModelMetric metric, int fp) {
        final BigDecimal unit = BigDecimal.valueOf(metric.rows).multiply(BigDecimal.TWO.pow(2 * fp));
        return new BigDecimal(metric.squaredErrorSum)
                .divide(unit, ERROR_DIGITS, RoundingMode.UP)
                .toPlainString();
    }

    private static String fraction(long part, long whole, RoundingMode rounding) {
        return BigDecimal.valueOf(part)
                .divide(BigDecimal.valueOf(whole), ACCURACY_DIGITS, rounding)
                .toPlainString();
    }
}
