package org.zkml.backend.payout;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.contribution.Exclusion;

/** What an account has earned, and where it is: each amount with the events that it follows from. */
@ApplicationScoped
public class PayoutService {

    private static final Logger LOG = Logger.getLogger(PayoutService.class);

    private final Chain chain;
    private final MarketContracts contracts;

    PayoutService(Chain chain, MarketContracts contracts) {
        this.chain = chain;
        this.contracts = contracts;
    }

    /** An event of the chain that an amount follows from. */
    public record Source(String event, ChainPosition position) {}

    /**
     * A reward.
     *
     * @param formula how the amount comes about, with the numbers filled in
     * @param state where it is
     * @param sources the events that it follows from
     */
    public record Item(
            BigInteger campaignId,
            int round,
            String contributionId,
            BigInteger amount,
            String formula,
            RewardState state,
            List<Source> sources) {}

    /** A claim that was paid. */
    public record Claim(BigInteger campaignId, BigInteger amount, String transactionHash, long blockNumber) {}

    /**
     * All amounts in base units.
     *
     * @param balance tokens that the account has; null while the node is away
     * @param minted all rewards
     * @param burned rewards of contributions that were excluded
     * @param inEscrow other rewards of rounds that are not over
     * @param released other rewards of rounds that are over
     * @param claimed what was paid out of that
     * @param claimable what can be claimed now
     * @param formula how the sums belong together, with the numbers filled in
     * @param items a page of the rewards, oldest first
     * @param claims the latest, newest first
     */
    public record View(
            String account,
            BigInteger balance,
            BigInteger minted,
            BigInteger burned,
            BigInteger inEscrow,
            BigInteger released,
            BigInteger claimed,
            BigInteger claimable,
            String formula,
            List<Item> items,
            List<Claim> claims) {}

    /**
     * What an account, in lower case, has earned.
     *
     * @param after only rewards minted after this place of the chain; null for all
     * @param limit most rewards, and most claims
     */
    public View of(String account, ChainEvent.Key after, int limit) {
        final BigInteger balance = balance(account);
        return QuarkusTransaction.requiringNew().call(() -> view(account, balance, after, limit));
    }

    private BigInteger balance(String account) {
        try {
            return contracts.balance(chain.deployment(), account);
        } catch (ChainUnavailableException e) {
            LOG.debugf("no balance: %s", e.getMessage());
            return null;
        }
    }

    private static View view(String account, BigInteger balance, ChainEvent.Key after, int limit) {
        final List<Item> items = Reward.explained(account, after, limit).stream()
                .map(PayoutService::item)
                .toList();
        final List<Claim> claims = PayoutClaim.latest(account, limit).stream()
                .map(claim -> new Claim(claim.campaignId, claim.amount, claim.transactionHash, claim.blockNumber))
                .toList();
        final BigInteger minted = Reward.minted(account);
        final BigInteger released = Reward.released(account);
        final BigInteger claimed = PayoutClaim.claimed(account);
        final BigInteger burned = Reward.burned(account);
        final BigInteger inEscrow = minted.subtract(burned).subtract(released);
        final BigInteger claimable = released.subtract(claimed);
        final String formula = "inEscrow = minted - burned - released = " + minted + " - " + burned + " - " + released
                + " = " + inEscrow
                + "; claimable = released - claimed = " + released + " - " + claimed + " = " + claimable;
        return new View(
                account, balance, minted, burned, inEscrow, released, claimed, claimable, formula, items, claims);
    }

    private static Item item(Reward.Explained explained) {
        final Reward reward = explained.reward();
        final RoundEnd end = explained.end();
        final BigInteger perRow = explained.campaign().terms().rewardPerRow();
        final String formula =
                "weight * rewardPerRow = " + explained.seat().weight + " rows * " + perRow + " = " + reward.amount;
        final List<Source> sources = new ArrayList<>();
        sources.add(new Source("ContributionVerified", explained.contribution().position));
        sources.add(new Source("RewardMinted", reward.position));
        final Exclusion exclusion = explained.exclusion();
        if (exclusion != null) {
            sources.add(new Source("ContributorExcluded", exclusion.position));
        } else if (end != null) {
            sources.add(new Source(end.event, end.position));
        }
        return new Item(
                reward.campaignId,
                reward.round,
                explained.contribution().id,
                reward.amount,
                formula,
                exclusion != null ? RewardState.BURNED : end != null ? RewardState.RELEASED : RewardState.ESCROW,
                List.copyOf(sources));
    }
}
