package org.zkml.backend.payout;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.campaign.Seat;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.contribution.Contribution;

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
     * @param released whether its round is over
     * @param sources the events that it follows from
     */
    public record Item(
            BigInteger campaignId,
            int round,
            String contributionId,
            BigInteger amount,
            String formula,
            boolean released,
            List<Source> sources) {}

    /** A claim that was paid. */
    public record Claim(BigInteger campaignId, BigInteger amount, String transactionHash, long blockNumber) {}

    /**
     * All amounts in base units.
     *
     * @param balance tokens that the account has; null while the node is away
     * @param minted all rewards
     * @param inEscrow rewards of rounds that are not over
     * @param released rewards of rounds that are over
     * @param claimed what was paid out of that
     * @param claimable what can be claimed now
     * @param formula how the sums belong together, with the numbers filled in
     */
    public record View(
            String account,
            BigInteger balance,
            BigInteger minted,
            BigInteger inEscrow,
            BigInteger released,
            BigInteger claimed,
            BigInteger claimable,
            String formula,
            List<Item> items,
            List<Claim> claims) {}

    /** What an account, in lower case, has earned. */
    public View of(String account) {
        final BigInteger balance = balance(account);
        return QuarkusTransaction.requiringNew().call(() -> view(account, balance));
    }

    private BigInteger balance(String account) {
        try {
            return contracts.balance(chain.deployment(), account);
        } catch (ChainUnavailableException e) {
            LOG.debugf("no balance: %s", e.getMessage());
            return null;
        }
    }

    private static View view(String account, BigInteger balance) {
        final List<Item> items =
                Reward.of(account).stream().map(PayoutService::item).toList();
        final List<Claim> claims = PayoutClaim.of(account).stream()
                .map(claim -> new Claim(claim.campaignId, claim.amount, claim.transactionHash, claim.blockNumber))
                .toList();
        final BigInteger minted = sum(items.stream().map(Item::amount).toList());
        final BigInteger released =
                sum(items.stream().filter(Item::released).map(Item::amount).toList());
        final BigInteger claimed = sum(claims.stream().map(Claim::amount).toList());
        final BigInteger inEscrow = minted.subtract(released);
        final BigInteger claimable = released.subtract(claimed);
        final String formula = "inEscrow = minted - released = " + minted + " - " + released + " = " + inEscrow
                + "; claimable = released - claimed = " + released + " - " + claimed + " = " + claimable;
        return new View(account, balance, minted, inEscrow, released, claimed, claimable, formula, items, claims);
    }

    private static Item item(Reward reward) {
        final Campaign campaign = Campaign.of(reward.campaignId).orElseThrow();
        final Seat seat = Seat.of(reward.campaignId, reward.provider).orElseThrow();
        final Optional<RoundEnd> end = RoundEnd.of(reward.campaignId, reward.round);
        final Contribution contribution = Contribution.find(
                        "campaignId = ?1 and round = ?2 and provider = ?3",
                        reward.campaignId,
                        reward.round,
                        reward.provider)
                .singleResult();
        final BigInteger perRow = campaign.terms().rewardPerRow();
        final String formula = "weight * rewardPerRow = " + seat.weight + " rows * " + perRow + " = " + reward.amount;
        final Source verified = new Source("ContributionVerified", contribution.position);
        final Source minted = new Source("RewardMinted", reward.position);
        return new Item(
                reward.campaignId,
                reward.round,
                contribution.id,
                reward.amount,
                formula,
                end.isPresent(),
                end.map(over -> List.of(verified, minted, new Source(over.event, over.position)))
                        .orElseGet(() -> List.of(verified, minted)));
    }

    private static BigInteger sum(List<BigInteger> amounts) {
        return amounts.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }
}
