package org.zkml.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.CampaignService;
import org.zkml.backend.campaign.CampaignTerms;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.contribution.Contribution;

/** A campaign; lists leave out seats and contributions. */
@Schema(name = "Campaign")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignBody(
        @Schema(example = "1") String id,
        String owner,

        @Schema(enumeration = {"open", "running", "finished", "cancelled"})
        String state,

        String schemaHash,

        @Schema(enumeration = {"logistic", "linear", "poisson"})
        String kind,

        @Schema(description = "Features with data, intercept included")
        long feat,

        int lk,
        int lb,
        int lt,
        long steps,
        int b,

        @Schema(description = "Learning rate as a fraction", example = "1/2")
        String rate,

        @Schema(description = "Weight decay as a fraction", example = "0")
        String decay,

        int rounds,

        @Schema(description = "The present round, from 0: as many were averaged")
        int round,

        int minProviders,
        int maxProviders,
        long rowCap,
        boolean openToAll,

        @Schema(description = "Merkle root of the accounts that may join")
        String allowList,

        @Schema(description = "Base units", example = "1000000000000000000")
        String rewardPerRow,

        @Schema(description = "Least price of a query to the finished model, base units")
        String floorPricePerQuery,

        int ownerShareBasisPoints,

        @Schema(description = "Base units reserved of the owner's emission budget")
        String budgetReserved,

        List<String> aggregators,
        List<String> testSets,

        @Schema(
                description =
                        "Commitment to the latest model: what the present round starts from, and what is left at the end")
        PointBody model,

        Deadlines deadlines,
        int seatsTaken,
        Instant openedAt,
        String transactionHash,
        long blockNumber,

        @Schema(nullable = true) List<TakenSeat> seats,

        @Schema(nullable = true, description = "Ids, in the order of the chain")
        List<String> contributions) {

    /** When the present round begins and its windows end. */
    @Schema(
            name = "Deadlines",
            description = "When the present round begins and its windows end, if no further second is paused")
    public record Deadlines(
            Instant begin,
            Instant contribution,

            @Schema(description = "When shares can be disputed")
            Instant dispute,

            Instant share,
            Instant answer,
            Instant aggregation) {}

    /** A seat in its campaign. */
    @Schema(name = "TakenSeat")
    public record TakenSeat(String provider, String datasetId, long weight, List<Integer> contributedRounds) {}

    static CampaignBody of(CampaignService.View view) {
        return of(view, null, null);
    }

    static CampaignBody of(CampaignService.View view, List<Contribution> contributions) {
        final Map<String, List<Integer>> rounds = contributions.stream()
                .collect(Collectors.groupingBy(
                        contribution -> contribution.provider,
                        Collectors.mapping(contribution -> contribution.round, Collectors.toList())));
        return of(
                view,
                view.seats().stream()
                        .map(seat -> new TakenSeat(
                                seat.provider,
                                seat.datasetId,
                                seat.weight,
                                rounds.getOrDefault(seat.provider, List.of())))
                        .toList(),
                contributions.stream().map(contribution -> contribution.id).toList());
    }

    private static CampaignBody of(CampaignService.View view, List<TakenSeat> seats, List<String> contributions) {
        final Campaign c = view.campaign();
        final CampaignTerms terms = c.terms();
        return new CampaignBody(
                c.id.toString(),
                c.owner,
                view.state().name().toLowerCase(Locale.ROOT),
                c.schemaHash,
                terms.modelKind().id(),
                terms.feat(),
                terms.lk(),
                terms.lb(),
                terms.lt(),
                terms.steps(),
                terms.b(),
                terms.rate(),
                terms.decay(),
                terms.rounds(),
                c.round,
                terms.minProviders(),
                terms.maxProviders(),
                terms.rowCap(),
                terms.openToAll(),
                c.allowList,
                terms.rewardPerRow().toString(),
                terms.floorPricePerQuery().toString(),
                terms.ownerShareBasisPoints(),
                c.budgetReserved.toString(),
                c.aggregatorAccounts(),
                texts(Json.parse(c.testSets)),
                PointBody.of(c.model),
                deadlines(c.roundBegins, terms, view.now()),
                c.seats,
                c.openedAt,
                c.position.transactionHash,
                c.position.blockNumber,
                seats,
                contributions);
    }

    private static Deadlines deadlines(long begins, CampaignTerms terms, MarketClock.Now now) {
        return new Deadlines(
                now.at(begins),
                now.at(terms.contributionEnd(begins)),
                now.at(terms.disputeBegin(begins)),
                now.at(terms.shareEnd(begins)),
                now.at(terms.answerEnd(begins)),
                now.at(terms.aggregationEnd(begins)));
    }

    private static List<String> texts(JsonNode array) {
        final List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
