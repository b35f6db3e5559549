package org.zkml.backend.campaign;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** What is known of campaigns, from the projection alone. */
@ApplicationScoped
public class CampaignService {

    private final MarketClock clock;

    CampaignService(MarketClock clock) {
        this.clock = clock;
    }

    /**
     * @param now the time of which the state is
     * @param seats in the order of joining; empty in lists
     */
    public record View(Campaign campaign, MarketClock.Now now, List<Seat> seats) {

        public CampaignState state() {
            return campaign.state(now.clock());
        }
    }

    public Optional<View> get(BigInteger id) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Campaign.of(id).map(campaign -> new View(campaign, clock.now(), Seat.of(id))));
    }

    /**
     * Campaigns without their seats, newest first.
     *
     * @param before only those with lower numbers; null for all
     */
    public List<View> list(BigInteger before, int limit) {
        return QuarkusTransaction.requiringNew().call(() -> {
            final List<Campaign> campaigns = before == null
                    ? Campaign.find("order by id desc").page(Page.ofSize(limit)).list()
                    : Campaign.find("id < ?1 order by id desc", before)
                            .page(Page.ofSize(limit))
                            .list();
            final MarketClock.Now now = clock.now();
            return campaigns.stream()
                    .map(campaign -> new View(campaign, now, List.of()))
                    .toList();
        });
    }
}
