package org.zkml.backend.model;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.zkml.backend.campaign.CampaignService;
import org.zkml.backend.contribution.Contribution;

/** The models that campaigns work on: what the chain commits to, and whose work is in it. */
@ApplicationScoped
public class ModelService {

    private final CampaignService campaigns;

    ModelService(CampaignService campaigns) {
        this.campaigns = campaigns;
    }

    /**
     * @param campaign its campaign
     * @param commitment the latest model, a point of G1 as a JSON object
     * @param points rows that count, by provider, in the order of their first contribution
     */
    public record View(CampaignService.View campaign, String commitment, Map<String, Long> points) {}

    /**
     * Newest first.
     *
     * @param before only those of campaigns with lower numbers; null for all
     */
    public List<View> list(BigInteger before, int limit) {
        return QuarkusTransaction.requiringNew().call(() -> {
            final List<CampaignService.View> page = campaigns.list(before, limit);
            final Map<BigInteger, Map<String, Long>> points = Contribution.points(
                    page.stream().map(view -> view.campaign().id).toList());
            return page.stream()
                    .map(view ->
                            new View(view, view.campaign().model, points.getOrDefault(view.campaign().id, Map.of())))
                    .toList();
        });
    }
}
