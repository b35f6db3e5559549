package org.zkml.backend.contribution;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes {@link Contribution} of {@code ContributionVerified}. */
@ApplicationScoped
public class ContributionProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        if (!event.name.equals("ContributionVerified")) {
            return;
        }
        final JsonNode arguments = event.arguments();
        final Contribution contribution = new Contribution();
        contribution.campaignId = event.campaignId;
        contribution.round = arguments.get("round").asInt();
        contribution.provider = arguments.get("provider").asText();
        contribution.datasetId = arguments.get("datasetId").asText();
        contribution.id = Contribution.idOf(
                event.campaignId, BigInteger.valueOf(contribution.round), Hex.parse(contribution.datasetId));
        contribution.weight = arguments.get("weight").asLong();
        contribution.model = arguments.get("cOut").toString();
        contribution.shares = arguments.get("shares").toString();
        contribution.proofHash = arguments.get("proofHash").asText();
        contribution.position = ChainPosition.of(event);
        contribution.verifiedAt = event.time();
        contribution.persist();
    }

    @Override
    public void forget(String scope) {
        final String campaign = EventScope.campaign(scope);
        if (campaign != null) {
            Contribution.delete("campaignId", new BigInteger(campaign));
        }
    }

    @Override
    public void forgetAll() {
        Contribution.deleteAll();
    }
}
