package org.zkml.backend.payout;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.chain.SaleDeployment;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.inference.PassRedemption;

/** What models on sale have earned for an account, by the events alone, in the contract's own arithmetic (docs/marketplace.md, "Payouts"). */
@ApplicationScoped
public class RevenueService {

    private static final Logger LOG = Logger.getLogger(RevenueService.class);
    private static final int FRACTION_BITS = 128;
    private static final int SHOWN_REDEMPTIONS = 10;

    private final Chain chain;
    private final MarketContracts contracts;
    private final SaleDeployment deployment;

    RevenueService(Chain chain, MarketContracts contracts, SaleDeployment deployment) {
        this.chain = chain;
        this.contracts = contracts;
        this.deployment = deployment;
    }

    /**
     * An amount that was earned, and what is left of it.
     *
     * @param formula how it comes about, with the numbers filled in
     */
    public record Amount(BigInteger earned, BigInteger claimed, BigInteger claimable, String formula) {}

    /**
     * What one model has earned for the account.
     *
     * @param points the account's
     * @param modelPoints all contributors'
     * @param redemptions how many there were
     * @param asContributor by its points
     * @param asOwner null unless it is the model's owner
     * @param latest redemptions of the model's passes, newest first, at most ten
     * @param claims what was paid to the account, newest first, at most as many as the page has models
     */
    public record Model(
            BigInteger modelId,
            long points,
            long modelPoints,
            long redemptions,
            Amount asContributor,
            Amount asOwner,
            List<PassRedemption> latest,
            List<RevenueClaim> claims) {

        private BigInteger sum(Function<Amount, BigInteger> part) {
            return asOwner == null
                    ? part.apply(asContributor)
                    : part.apply(asContributor).add(part.apply(asOwner));
        }
    }

    /**
     * All amounts in base units of the token of the sale.
     *
     * @param token its address; null while the node is away
     * @param earned of all models
     * @param claimed what was paid out of that
     * @param claimable what can be claimed now
     * @param models a page of those that have earned something, highest number first
     */
    public record View(String token, BigInteger earned, BigInteger claimed, BigInteger claimable, List<Model> models) {}

    /**
     * What models have earned for an account, in lower case.
     *
     * @param before only models with lower numbers; null for all
     * @param limit most models
     * @return empty if there is no InferenceMarket
     */
    public Optional<View> of(String account, BigInteger before, int limit) {
        if (!deployment.hasInference()) {
            return Optional.empty();
        }
        final String token = token();
        return Optional.of(QuarkusTransaction.requiringNew().call(() -> view(account, token, before, limit)));
    }

    private String token() {
        try {
            return contracts.paymentToken(chain.deployment());
        } catch (ChainUnavailableException e) {
            LOG.debugf("no token: %s", e.getMessage());
            return null;
        }
    }

    private static View view(String account, String token, BigInteger before, int limit) {
        final List<PassRedemption.Earned> earned = PassRedemption.earned(account);
        final Map<BigInteger, Map<String, Long>> points =
                earned.isEmpty() ? Map.of() : Contribution.points(ids(earned));
        final Map<BigInteger, List<RevenueClaim>> claims =
                RevenueClaim.of(account).stream().collect(Collectors.groupingBy(claim -> claim.modelId));
        final List<Model> models = earned.stream()
                .map(model -> model(
                        account,
                        model,
                        points.getOrDefault(model.modelId(), Map.of()),
                        claims.getOrDefault(model.modelId(), List.of()).reversed()))
                .toList();
        return new View(
                token,
                total(models, Amount::earned),
                total(models, Amount::claimed),
                total(models, Amount::claimable),
                models.stream()
                        .filter(model -> before == null || model.modelId().compareTo(before) < 0)
                        .limit(limit)
                        .map(model -> shown(model, limit))
                        .toList());
    }

    private static List<BigInteger> ids(List<PassRedemption.Earned> earned) {
        return earned.stream().map(PassRedemption.Earned::modelId).toList();
    }

    private static BigInteger total(List<Model> models, Function<Amount, BigInteger> part) {
        return models.stream().map(model -> model.sum(part)).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Model shown(Model model, int limit) {
        return new Model(
                model.modelId,
                model.points,
                model.modelPoints,
                model.redemptions,
                model.asContributor,
                model.asOwner,
                PassRedemption.latest(model.modelId, SHOWN_REDEMPTIONS),
                model.claims.stream().limit(limit).toList());
    }

    private static Model model(
            String account, PassRedemption.Earned earned, Map<String, Long> points, List<RevenueClaim> claims) {
        final long own = points.getOrDefault(account, 0L);
        final long all = points.values().stream().mapToLong(Long::longValue).sum();
        final boolean owner = Campaign.of(earned.modelId()).orElseThrow().owner.equals(account);
        return new Model(
                earned.modelId(),
                own,
                all,
                earned.redemptions(),
                asContributor(earned.contributors(), own, all, sum(claims, claim -> claim.contributorAmount)),
                owner ? asOwner(earned.owner(), sum(claims, claim -> claim.ownerAmount)) : null,
                List.of(),
                claims);
    }

    private static BigInteger sum(List<RevenueClaim> claims, Function<RevenueClaim, BigInteger> part) {
        return claims.stream().map(part).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The contract adds to the amount a point at every redemption and keeps the remainder, so that it is at any time the floor of the whole. */
    private static Amount asContributor(BigInteger contributors, long points, long modelPoints, BigInteger claimed) {
        final BigInteger perPoint = contributors.shiftLeft(FRACTION_BITS).divide(BigInteger.valueOf(modelPoints));
        final BigInteger earned = perPoint.multiply(BigInteger.valueOf(points)).shiftRight(FRACTION_BITS);
        final BigInteger claimable = earned.subtract(claimed);
        final String formula = "perPoint = floor(2^128 * contributorsAmounts / modelPoints) = floor(2^128 * "
                + contributors
                + " / " + modelPoints + ") = " + perPoint + "; earned = floor(points * perPoint / 2^128) = floor("
                + points + " * " + perPoint + " / 2^128) = " + earned + "; " + rest(earned, claimed, claimable);
        return new Amount(earned, claimed, claimable, formula);
    }

    private static Amount asOwner(BigInteger earned, BigInteger claimed) {
        final BigInteger claimable = earned.subtract(claimed);
        return new Amount(
                earned,
                claimed,
                claimable,
                "earned = ownerAmounts = " + earned + "; " + rest(earned, claimed, claimable));
    }

    private static String rest(BigInteger earned, BigInteger claimed, BigInteger claimable) {
        return "claimable = earned - claimed = " + earned + " - " + claimed + " = " + claimable;
    }
}
