package org.zkml.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.CampaignTerms;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.model.ModelService;

/** The model of a finished campaign; lists leave out what comes after the listing. */
@Schema(
        name = "Model",
        description =
                "The model of a finished campaign. Amounts are base units of the token of the sale. Lists leave out what comes"
                        + " after the listing.")
public record ModelBody(
        @Schema(description = "Its campaign's number", example = "1")
        String id,

        String owner,

        @Schema(enumeration = {"logistic", "linear", "poisson"})
        String kind,

        String schemaHash,

        @Schema(description = "Features with data, intercept included")
        long feat,

        @Schema(description = "log2 of the features, padding included")
        int lk,

        @Schema(description = "Bits a limb") int b,

        @Schema(description = "Rounds averaged into it: its version")
        int version,

        @Schema(description = "Commitment to the weights: the last average")
        PointBody commitment,

        @Schema(description = "Verified rows behind it: contributors share by these", example = "33")
        long points,

        @Schema(description = "The owner's part of what is released, after the fee, in 1/10,000")
        int ownerShareBasisPoints,

        @Schema(description = "Least price of a query, base units", example = "1000000000000000")
        String floorPricePerQuery,

        @Schema(
                nullable = true,
                description =
                        "Lowest accuracy of this version that was proved on an independent test set, rounded down",
                example = "0.973684")
        String accuracy,

        @Schema(description = "Test sets that were fixed when the campaign opened", example = "2")
        int testSets,

        @Schema(description = "On how many of these this version was proved, as independent", example = "1")
        int testSetsProved,

        @Schema(
                description =
                        "How many metrics were proved of the campaign's models: whoever proves can choose what to show")
        long metricsProved,

        @Schema(nullable = true, description = "What the owner offers; null if it was never listed")
        ListingBody listing,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "In the order of their first contribution")
        List<Contributor> contributors,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                nullable = true,
                description = "Fee of passes sold now, in 1/10,000 of what is released; every quote covers it")
        Integer feeBasisPoints,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "While it is true nobody can list a model or buy a pass")
        Boolean salePaused,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(nullable = true, description = "The event RoundAveraged that made it")
        Average average,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                nullable = true,
                description =
                        "Proved of this version: on independent test sets first, then in the order of the chain; at most 100")
        List<MetricBody> metrics) {

    /** A provider whose contributions were verified. */
    @Schema(name = "Contributor")
    public record Contributor(
            String account,

            @Schema(description = "Rows that count, over all rounds")
            long points) {}

    /** Where a model was averaged. */
    @Schema(name = "ModelAverage")
    public record Average(
            long blockNumber,
            String transactionHash,

            @Schema(description = "By the whole transaction", example = "756000")
            long gasUsed) {}

    static ModelBody of(ModelService.Summary summary) {
        return of(summary, null, null, null, null, null);
    }

    static ModelBody of(ModelService.View view) {
        final ChainPosition averaged = view.finished().position;
        return of(
                view.summary(),
                view.points().entrySet().stream()
                        .map(entry -> new Contributor(entry.getKey(), entry.getValue()))
                        .toList(),
                view.feeBasisPoints(),
                view.salePaused(),
                new Average(averaged.blockNumber, averaged.transactionHash, averaged.gasUsed),
                view.metrics().stream().map(MetricBody::of).toList());
    }

    private static ModelBody of(
            ModelService.Summary summary,
            List<Contributor> contributors,
            Integer feeBasisPoints,
            Boolean salePaused,
            Average average,
            List<MetricBody> metrics) {
        final Campaign campaign = summary.campaign();
        final CampaignTerms terms = campaign.terms();
        return new ModelBody(
                campaign.id.toString(),
                campaign.owner,
                terms.modelKind().id(),
                campaign.schemaHash,
                terms.feat(),
                terms.lk(),
                terms.b(),
                campaign.round,
                PointBody.of(campaign.model),
                summary.points(),
                terms.ownerShareBasisPoints(),
                terms.floorPricePerQuery().toString(),
                summary.independent().isEmpty() || !summary.isOfClasses()
                        ? null
                        : MetricBody.accuracy(summary.independent().getFirst()),
                Json.parse(campaign.testSets).size(),
                summary.independent().size(),
                summary.metricsProved(),
                summary.listing() == null ? null : ListingBody.of(summary),
                contributors,
                feeBasisPoints,
                salePaused,
                average,
                metrics);
    }
}
