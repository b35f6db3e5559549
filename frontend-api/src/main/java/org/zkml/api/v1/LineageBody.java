package org.zkml.api.v1;

import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.contribution.Exclusion;
import org.zkml.backend.contribution.RoundViews;
import org.zkml.backend.model.LineageService;

/** A round behind a model. */
@Schema(
        name = "LineageRound",
        description = "A round behind a model: contributions, their average, and what was proved of it")
public record LineageBody(
        int round,

        @Schema(enumeration = {"averaged", "lapsed"}) String state,

        @Schema(description = "Commitment to the model that it starts from")
        PointBody model,

        @Schema(description = "Rows that count, over the contributions that were not excluded")
        long weightTotal,

        @Schema(description = "All that were verified, in the order of the chain")
        List<Contributed> contributions,

        @Schema(nullable = true, description = "Null if the round lapsed")
        Average average,

        @Schema(
                description =
                        "Proved of the average: on independent test sets first, then in the order of the chain; at most 100")
        List<MetricBody> metrics) {

    /** A contribution in its round. */
    @Schema(name = "LineageContribution")
    public record Contributed(
            String id,
            String provider,
            String datasetId,

            @Schema(description = "Of the data set") long rows,

            @Schema(description = "Rows that count") long weight,

            @Schema(description = "Transaction that registered the data set")
            String datasetTransactionHash,

            @Schema(description = "Commitment to the provider's model")
            PointBody model,

            @Schema(description = "keccak of the TRAIN proof, which is in the transaction")
            String proofHash,

            @Schema(description = "That of the proof") String transactionHash,

            long blockNumber,

            @Schema(description = "By the whole transaction", example = "812000")
            long gasUsed,

            @Schema(enumeration = {"accepted", "excluded"}) String outcome,

            @Schema(nullable = true, description = "Why it does not count")
            RoundBody.Excluded exclusion) {}

    /** A round's average. */
    @Schema(name = "LineageAverage")
    public record Average(
            @Schema(description = "The model's version: rounds averaged into it")
            int version,

            PointBody model,

            @Schema(description = "That of the AGGREGATE proof")
            String transactionHash,

            long blockNumber,

            @Schema(description = "By the whole transaction", example = "756000")
            long gasUsed) {}

    static LineageBody of(LineageService.View view) {
        final RoundViews.View round = view.round();
        return new LineageBody(
                round.round().round,
                round.state().name().toLowerCase(Locale.ROOT),
                PointBody.of(round.round().model),
                round.round().weightTotal,
                view.contributions().stream().map(LineageBody::contributed).toList(),
                round.next() == null ? null : average(round),
                view.metrics().stream().map(MetricBody::of).toList());
    }

    String cursor() {
        return Integer.toString(round);
    }

    private static Contributed contributed(LineageService.Contributed contributed) {
        final Contribution contribution = contributed.contribution();
        final Exclusion exclusion = contributed.exclusion();
        final ChainPosition position = contribution.position;
        return new Contributed(
                contribution.id,
                contribution.provider,
                contribution.datasetId,
                contributed.dataset().n,
                contribution.weight,
                contributed.dataset().position.transactionHash,
                PointBody.of(contribution.model),
                contribution.proofHash,
                position.transactionHash,
                position.blockNumber,
                position.gasUsed,
                exclusion == null ? "accepted" : "excluded",
                exclusion == null ? null : RoundBody.excluded(exclusion));
    }

    private static Average average(RoundViews.View round) {
        final RoundEnd end = round.end();
        return new Average(
                round.round().round + 1,
                PointBody.of(round.next()),
                end.position.transactionHash,
                end.position.blockNumber,
                end.position.gasUsed);
    }
}
