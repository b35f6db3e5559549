package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.campaign.PausableClock;
import org.zkml.backend.chain.SaleDeployment;
import org.zkml.backend.chain.index.ChainEvent;

/** What is known of passes, from the projection alone. */
@ApplicationScoped
public class PassService {

    /** {@code GRACE_SECONDS} of InferenceMarket. */
    static final long GRACE_SECONDS = Duration.ofDays(3).toSeconds();

    private final MarketClock clock;
    private final SaleDeployment deployment;

    PassService(MarketClock clock, SaleDeployment deployment) {
        this.clock = clock;
        this.deployment = deployment;
    }

    /**
     * @param termEnd with all pauses until now
     * @param closableAt end of the time for redeeming, with all pauses until now
     */
    public record View(Pass pass, PassState state, Instant termEnd, Instant closableAt) {}

    /** @param redemptions a page of them, oldest first */
    public record Detail(View view, List<PassRedemption> redemptions) {}

    /**
     * Passes of a buyer, an address in lower case, newest first.
     *
     * @param before only those with lower numbers; null for all
     * @throws org.zkml.backend.chain.NotDeployedException if there is no InferenceMarket
     */
    public List<View> list(String buyer, BigInteger before, int limit) {
        deployment.requireInference();
        return QuarkusTransaction.requiringNew().call(() -> {
            final PausableClock sale = clock.sale();
            final MarketClock.Now now = clock.now(sale);
            return Pass.of(buyer, before, limit).stream()
                    .map(pass -> view(pass, sale, now))
                    .toList();
        });
    }

    /**
     * One pass.
     *
     * @param after only redemptions after this place of the chain; null for all
     * @throws org.zkml.backend.chain.NotDeployedException if there is no InferenceMarket
     */
    public Optional<Detail> get(BigInteger id, ChainEvent.Key after, int limit) {
        deployment.requireInference();
        return QuarkusTransaction.requiringNew()
                .call(() -> Pass.of(id).map(pass -> {
                    final PausableClock sale = clock.sale();
                    return new Detail(view(pass, sale, clock.now(sale)), PassRedemption.of(id, after, limit));
                }));
    }

    private static View view(Pass pass, PausableClock sale, MarketClock.Now now) {
        final long purchase = pass.purchasedAt.getEpochSecond();
        // The contract counts by its clock.
        final long end = pass.termEnd - (purchase - sale.clock(purchase));
        return new View(pass, state(pass, end, now.clock()), now.at(end), now.at(end + GRACE_SECONDS));
    }

    private static PassState state(Pass pass, long end, long now) {
        if (pass.closedBy != null) {
            return PassState.CLOSED;
        }
        if (pass.redeemed == pass.queries || now >= end + GRACE_SECONDS) {
            return PassState.CLOSABLE;
        }
        return now < end ? PassState.ACTIVE : PassState.ENDED;
    }
}
