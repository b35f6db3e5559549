package org.zkml.backend.contribution;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.CampaignState;
import org.zkml.backend.campaign.CampaignTerms;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.campaign.RoundEnd;

/** The rounds of campaigns that have begun, from the projection alone. */
@ApplicationScoped
public class RoundViews {

    private final MarketClock clock;

    RoundViews(MarketClock clock) {
        this.clock = clock;
    }

    /**
     * @param contributions all that were verified, in the order of the chain
     * @param disputes in the order of the chain
     * @param exclusions in the order of the chain
     * @param end null while it is under way
     * @param next commitment to its average, a point of G1 as a JSON object; null if there is none
     */
    public record View(
            Round round,
            RoundState state,
            List<Contribution> contributions,
            List<ShareDispute> disputes,
            List<Exclusion> exclusions,
            RoundEnd end,
            String next) {}

    /**
     * A campaign's rounds in their order.
     *
     * @param after only those with higher numbers; -1 for all
     * @return empty if there is no such campaign
     */
    public Optional<List<View>> list(BigInteger campaignId, int after, int limit) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Campaign.of(campaignId).map(campaign -> within(campaign, after, limit)));
    }

    /** The same, within a transaction. */
    public List<View> within(Campaign campaign, int after, int limit) {
        final List<Round> rounds = Round.after(campaign.id, after, limit);
        final List<Integer> numbers = rounds.stream().map(round -> round.round).toList();
        if (numbers.isEmpty()) {
            return List.of();
        }
        final Map<Integer, List<Contribution>> contributions = Contribution.of(campaign.id, numbers).stream()
                .collect(Collectors.groupingBy(contribution -> contribution.round));
        final Map<Integer, List<ShareDispute>> disputes =
                ShareDispute.of(campaign.id, numbers).stream().collect(Collectors.groupingBy(dispute -> dispute.round));
        final Map<Integer, List<Exclusion>> exclusions = Exclusion.of(campaign.id, numbers).stream()
                .collect(Collectors.groupingBy(exclusion -> exclusion.round));
        final long now = clock.now().clock();
        final List<View> views = new ArrayList<>();
        for (Round round : rounds) {
            final RoundEnd end = RoundEnd.of(campaign.id, round.round).orElse(null);
            // The one after the last holds nothing but the finished model; the first waits for the seats.
            if (end != null || campaign.state(now) == CampaignState.RUNNING) {
                final List<ShareDispute> raised = disputes.getOrDefault(round.round, List.of());
                final List<Exclusion> excluded = exclusions.getOrDefault(round.round, List.of());
                views.add(new View(
                        round,
                        end != null ? ended(end) : state(campaign, raised, excluded, now),
                        contributions.getOrDefault(round.round, List.of()),
                        raised,
                        excluded,
                        end,
                        Round.of(campaign.id, round.round + 1)
                                .map(next -> next.model)
                                .orElse(null)));
            }
        }
        return views;
    }

    private static RoundState ended(RoundEnd end) {
        return end.event.equals("RoundLapsed") ? RoundState.LAPSED : RoundState.AVERAGED;
    }

    /** Of the present round, at a time of the pausable clock. */
    private static RoundState state(
            Campaign campaign, List<ShareDispute> disputes, List<Exclusion> exclusions, long now) {
        final CampaignTerms terms = campaign.terms();
        if (now < terms.contributionEnd(campaign.roundBegins)) {
            return RoundState.CONTRIBUTING;
        }
        if (now < terms.disputeBegin(campaign.roundBegins)) {
            return RoundState.SHARING;
        }
        if (now < terms.shareEnd(campaign.roundBegins)) {
            return RoundState.DISPUTING;
        }
        return disputes.stream().anyMatch(dispute -> isOpen(dispute, exclusions))
                ? RoundState.ANSWERING
                : RoundState.AVERAGING;
    }

    private static boolean isOpen(ShareDispute dispute, List<Exclusion> exclusions) {
        return dispute.answeredBy == null
                && exclusions.stream().noneMatch(exclusion -> exclusion.provider.equals(dispute.provider));
    }
}
