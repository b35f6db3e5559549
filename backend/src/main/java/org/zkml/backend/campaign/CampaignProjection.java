package org.zkml.backend.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes campaigns and seats of the campaigns' events, and pauses of theirs and of the sale's. */
@ApplicationScoped
public class CampaignProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        switch (event.name) {
            case "CampaignOpened" -> open(event);
            case "SeatTaken" -> takeSeat(event);
            case "RoundAveraged" -> nextRound(event);
            case "CampaignFinished" -> campaign(event).ended = CampaignState.FINISHED.name();
            case "CampaignCancelled" -> campaign(event).ended = CampaignState.CANCELLED.name();
            case "Paused" -> pause(event);
            case "Unpaused" -> unpause(event);
            default -> {}
        }
    }

    private static Campaign campaign(ChainEvent event) {
        return Campaign.of(event.campaignId)
                .orElseThrow(() -> new IllegalStateException(
                        event.name + " of campaign " + event.campaignId + ", which was never opened"));
    }

    private static void open(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final JsonNode terms = arguments.get("terms");
        final Campaign campaign = new Campaign();
        campaign.id = event.campaignId;
        campaign.owner = arguments.get("owner").asText();
        campaign.schemaHash = arguments.get("schemaHash").asText();
        campaign.allowList = terms.get("allowList").asText();
        campaign.terms = terms.toString();
        campaign.kind = terms.get("kind").asInt();
        campaign.firstModel = arguments.get("firstModel").toString();
        campaign.model = campaign.firstModel;
        campaign.aggregators = arguments.get("aggregators").toString();
        campaign.testSets = arguments.get("testSets").toString();
        campaign.budgetReserved = new BigInteger(arguments.get("budgetReserved").asText());
        campaign.round = 0;
        campaign.roundBegins = MarketPause.campaigns().clock(event.blockTime)
                + terms.get("joinSeconds").asLong();
        campaign.seats = 0;
        campaign.position = ChainPosition.of(event);
        campaign.openedAt = event.time();
        campaign.persist();
    }

    private static void takeSeat(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final Seat seat = new Seat();
        seat.campaignId = event.campaignId;
        seat.provider = arguments.get("provider").asText();
        seat.datasetId = arguments.get("datasetId").asText();
        seat.weight = arguments.get("weight").asLong();
        seat.stepConstant = new BigInteger(arguments.get("c").asText());
        seat.x25519Key = arguments.get("x25519Key").asText();
        seat.mlKemKey = arguments.get("mlKemKey").asText();
        seat.position = ChainPosition.of(event);
        seat.takenAt = event.time();
        seat.persist();
        final Campaign campaign = campaign(event);
        campaign.seats++;
        // With the last seat there is nothing left to wait for.
        if (campaign.seats == campaign.terms().maxProviders()) {
            campaign.roundBegins = MarketPause.campaigns().clock(event.blockTime);
        }
    }

    private static void nextRound(ChainEvent event) {
        final Campaign campaign = campaign(event);
        campaign.round = event.arguments().get("round").asInt() + 1;
        campaign.roundBegins = MarketPause.campaigns().clock(event.blockTime);
        campaign.model = event.arguments().get("cNext").toString();
    }

    private static void pause(ChainEvent event) {
        final MarketPause pause = new MarketPause();
        pause.blockNumber = event.blockNumber;
        pause.logIndex = event.logIndex;
        pause.contract = event.contract;
        pause.beganAt = event.blockTime;
        pause.persist();
    }

    private static void unpause(ChainEvent event) {
        MarketPause.<MarketPause>find("contract = ?1 and endedAt is null", event.contract)
                .singleResult()
                .endedAt = event.blockTime;
    }

    @Override
    public void forget(String scope) {
        final String campaign = EventScope.campaign(scope);
        if (campaign != null) {
            final BigInteger id = new BigInteger(campaign);
            Seat.delete("campaignId", id);
            Campaign.delete("id", id);
        } else if (scope.equals(EventScope.CLOCK)) {
            MarketPause.delete("contract", MarketPause.CAMPAIGNS);
        } else if (scope.equals(EventScope.SALE_CLOCK)) {
            MarketPause.delete("contract", MarketPause.SALE);
        }
    }

    @Override
    public void forgetAll() {
        Seat.deleteAll();
        Campaign.deleteAll();
        MarketPause.deleteAll();
    }
}
