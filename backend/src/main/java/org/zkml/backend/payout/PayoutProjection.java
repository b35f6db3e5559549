package org.zkml.backend.payout;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes rewards and claims of {@code RewardMinted} and {@code PayoutClaimed}. */
@ApplicationScoped
public class PayoutProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        switch (event.name) {
            case "RewardMinted" -> mint(event);
            case "PayoutClaimed" -> claim(event);
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

    @Override
    public void forget(String scope) {
        final String campaign = EventScope.campaign(scope);
        if (campaign != null) {
            final BigInteger id = new BigInteger(campaign);
            Reward.delete("campaignId", id);
            PayoutClaim.delete("campaignId", id);
        }
    }

    @Override
    public void forgetAll() {
        Reward.deleteAll();
        PayoutClaim.deleteAll();
    }
}
