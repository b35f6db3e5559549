package org.zkml.backend.payout;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes rewards of {@code RewardMinted}, and claims of {@code PayoutClaimed} of campaigns and of the sale. */
@ApplicationScoped
public class PayoutProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        switch (event.name) {
            case "RewardMinted" -> mint(event);
            case "PayoutClaimed" -> {
                // Campaigns pay rewards, the sale pays revenue; the events have one name.
                if (event.contract.equals("InferenceMarket")) {
                    claimRevenue(event);
                } else {
                    claim(event);
                }
            }
            default -> {}
        }
    }

    private static void mint(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final Reward reward = new Reward();
        reward.campaignId = event.campaignId;
        reward.round = arguments.get("round").asInt();
        reward.provider = arguments.get("provider").asText();
        reward.amount = new BigInteger(arguments.get("amount").asText());
        reward.position = ChainPosition.of(event);
        reward.persist();
    }

    private static void claim(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final PayoutClaim claim = new PayoutClaim();
        claim.blockNumber = event.blockNumber;
        claim.logIndex = event.logIndex;
        claim.campaignId = event.campaignId;
        claim.provider = arguments.get("provider").asText();
        claim.amount = new BigInteger(arguments.get("amount").asText());
        claim.transactionHash = event.transactionHash;
        claim.persist();
    }

    private static void claimRevenue(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final RevenueClaim claim = new RevenueClaim();
        claim.blockNumber = event.blockNumber;
        claim.logIndex = event.logIndex;
        claim.modelId = new BigInteger(arguments.get("modelId").asText());
        claim.account = arguments.get("account").asText();
        claim.contributorAmount =
                new BigInteger(arguments.get("contributorAmount").asText());
        claim.ownerAmount = new BigInteger(arguments.get("ownerAmount").asText());
        claim.transactionHash = event.transactionHash;
        claim.persist();
    }

    @Override
    public void forget(String scope) {
        final String campaign = EventScope.campaign(scope);
        if (campaign != null) {
            final BigInteger id = new BigInteger(campaign);
            Reward.delete("campaignId", id);
            PayoutClaim.delete("campaignId", id);
        } else if (EventScope.model(scope) != null) {
            RevenueClaim.delete("modelId", new BigInteger(EventScope.model(scope)));
        }
    }

    @Override
    public void forgetAll() {
        Reward.deleteAll();
        PayoutClaim.deleteAll();
        RevenueClaim.deleteAll();
    }
}
