package org.zkml.backend.contribution;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes rounds with their sums, disputes, exclusions and ends of the campaigns' events. */
@ApplicationScoped
public class RoundProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        switch (event.name) {
            case "CampaignOpened" ->
                Round.of(event.campaignId, 0, arguments.get("firstModel").toString())
                        .persist();
            case "ContributionVerified" ->
                round(event)
                        .add(
                                Contribution.point(arguments.get("cOut")),
                                arguments.get("weight").asLong());
            case "ShareDisputed" -> dispute(event);
            case "ShareRevealed" ->
                ShareDispute.of(event.campaignId, number(event), provider(event), aggregator(event))
                        .orElseThrow(() -> new IllegalStateException("an answer to no dispute: " + arguments))
                        .answeredBy = event.transactionHash;
            case "ContributorExcluded" -> exclude(event);
            case "RoundAveraged" -> {
                end(event);
                Round.of(
                                event.campaignId,
                                number(event) + 1,
                                arguments.get("cNext").toString())
                        .persist();
            }
            case "RoundLapsed" -> end(event);
            default -> {}
        }
    }

    private static int number(ChainEvent event) {
        return event.arguments().get("round").asInt();
    }

    private static String provider(ChainEvent event) {
        return event.arguments().get("provider").asText();
    }

    private static int aggregator(ChainEvent event) {
        return event.arguments().get("aggregatorIndex").asInt();
    }

    private static Round round(ChainEvent event) {
        return Round.of(event.campaignId, number(event))
                .orElseThrow(() -> new IllegalStateException(
                        event.name + " in a round of campaign " + event.campaignId + " that never began"));
    }

    private static void dispute(ChainEvent event) {
        final ShareDispute dispute = new ShareDispute();
        dispute.campaignId = event.campaignId;
        dispute.round = number(event);
        dispute.provider = provider(event);
        dispute.aggregator = aggregator(event);
        dispute.position = ChainPosition.of(event);
        dispute.persist();
    }

    private static void exclude(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final Exclusion exclusion = new Exclusion();
        exclusion.campaignId = event.campaignId;
        exclusion.round = number(event);
        exclusion.provider = provider(event);
        exclusion.weight = arguments.get("weight").asLong();
        exclusion.rewardBurned = new BigInteger(arguments.get("rewardBurned").asText());
        exclusion.position = ChainPosition.of(event);
        exclusion.persist();
        final String contribution = Contribution.idOf(
                event.campaignId,
                BigInteger.valueOf(exclusion.round),
                Hex.parse(arguments.get("datasetId").asText()));
        round(event)
                .subtract(
                        Contribution.of(contribution)
                                .orElseThrow(() -> new IllegalStateException(
                                        "an exclusion of contribution " + contribution + ", which there is not"))
                                .commitment(),
                        exclusion.weight);
    }

    private static void end(ChainEvent event) {
        final RoundEnd end = new RoundEnd();
        end.campaignId = event.campaignId;
        end.round = number(event);
        end.event = event.name;
        end.position = ChainPosition.of(event);
        end.persist();
    }

    @Override
    public void forget(String scope) {
        final String campaign = EventScope.campaign(scope);
        if (campaign != null) {
            final BigInteger id = new BigInteger(campaign);
            Exclusion.delete("campaignId", id);
            ShareDispute.delete("campaignId", id);
            RoundEnd.delete("campaignId", id);
            Round.delete("campaignId", id);
        }
    }

    @Override
    public void forgetAll() {
        Exclusion.deleteAll();
        ShareDispute.deleteAll();
        RoundEnd.deleteAll();
        Round.deleteAll();
    }
}
