package org.zkml.api.v1;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.contribution.Exclusion;
import org.zkml.backend.contribution.RoundViews;
import org.zkml.backend.contribution.ShareDispute;

/** A round of a campaign that has begun. */
@Schema(name = "Round")
public record RoundBody(
        @Schema(example = "1") String campaignId,
        int round,

        @Schema(enumeration = {"contributing", "sharing", "disputing", "answering", "averaging", "averaged", "lapsed"})
        String state,

        @Schema(description = "Commitment to the model that it starts from")
        PointBody model,

        @Schema(description = "Sum of weight times commitment, over the contributions that were not excluded")
        PointBody sum,

        @Schema(description = "Rows that count, over these") long weightTotal,

        @Schema(description = "How many these are") int contributors,

        @Schema(nullable = true, description = "Commitment to its average")
        PointBody nextModel,

        @Schema(nullable = true, description = "The event that ended it")
        End end,

        @Schema(description = "All that were verified, in the order of the chain")
        List<Contributed> contributions,

        @Schema(description = "In the order of the chain") List<Dispute> disputes,

        @Schema(description = "In the order of the chain") List<Excluded> exclusions) {

    /** The event that ended a round. */
    @Schema(name = "RoundEnd")
    public record End(
            @Schema(enumeration = {"RoundAveraged", "RoundLapsed"})
            String event,

            long blockNumber,
            int logIndex,
            String transactionHash,

            @Schema(description = "By the whole transaction", example = "756000")
            long gasUsed) {}

    /** A contribution in its round. */
    @Schema(name = "RoundContribution")
    public record Contributed(
            String id,
            String provider,

            @Schema(description = "Rows that count") long weight,

            @Schema(enumeration = {"accepted", "excluded"}) String outcome) {}

    /** A dispute about a share. */
    @Schema(name = "Dispute")
    public record Dispute(
            String provider,

            @Schema(description = "Place among the campaign's aggregators, from 0")
            int aggregatorIndex,

            String transactionHash,

            @Schema(nullable = true, description = "The transaction that showed the share in clear")
            String answeredBy) {}

    /** A contribution that was taken out of its round for fault. */
    @Schema(name = "Exclusion")
    public record Excluded(
            String provider,
            long weight,

            @Schema(description = "Base units") String rewardBurned,

            String transactionHash) {}

    static RoundBody of(RoundViews.View view) {
        final Set<String> excluded =
                view.exclusions().stream().map(exclusion -> exclusion.provider).collect(Collectors.toSet());
        return new RoundBody(
                view.round().campaignId.toString(),
                view.round().round,
                view.state().name().toLowerCase(Locale.ROOT),
                PointBody.of(view.round().model),
                new PointBody(view.round().sumX.toString(), view.round().sumY.toString()),
                view.round().weightTotal,
                view.round().contributors,
                view.next() == null ? null : PointBody.of(view.next()),
                view.end() == null ? null : end(view.end()),
                view.contributions().stream()
                        .map(contribution -> contributed(contribution, excluded))
                        .toList(),
                view.disputes().stream().map(RoundBody::dispute).toList(),
                view.exclusions().stream().map(RoundBody::excluded).toList());
    }

    String cursor() {
        return Integer.toString(round);
    }

    private static End end(RoundEnd end) {
        final ChainPosition position = end.position;
        return new End(end.event, position.blockNumber, position.logIndex, position.transactionHash, position.gasUsed);
    }

    private static Contributed contributed(Contribution contribution, Set<String> excluded) {
        return new Contributed(
                contribution.id,
                contribution.provider,
                contribution.weight,
                excluded.contains(contribution.provider) ? "excluded" : "accepted");
    }

    private static Dispute dispute(ShareDispute dispute) {
        return new Dispute(dispute.provider, dispute.aggregator, dispute.position.transactionHash, dispute.answeredBy);
    }

    static Excluded excluded(Exclusion exclusion) {
        return new Excluded(
                exclusion.provider,
                exclusion.weight,
                exclusion.rewardBurned.toString(),
                exclusion.position.transactionHash);
    }
}
