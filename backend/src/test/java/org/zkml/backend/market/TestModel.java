package org.zkml.backend.market;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Credentials;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.InferenceMarket.Permit;
import org.zkml.prover.cli.chain.contract.InferenceMarket.Tier;
import org.zkml.prover.cli.chain.contract.ModelMetrics;

/**
 * A model of a finished campaign, made of real contributions, and what its owner, its contributors and buyers do with it. Contributors have
 * ether and their rewards, so that they can buy passes.
 *
 * @param id its number
 * @param providers its contributors
 * @param testers who registered independent test sets
 * @param opening what opens its commitment
 */
public record TestModel(
        TestMarket market,
        BigInteger id,
        List<TestProvider> providers,
        List<TestProvider> testers,
        ModelOpening opening) {

    private static final String ETHER = "0x56bc75e2d63100000"; // 100
    private static final Permit NO_PERMIT = new Permit(BigInteger.ZERO, BigInteger.ZERO, new byte[32], new byte[32]);

    /** Runs a campaign of one round to its end. */
    public static TestModel finish(TestMarket market, MarketContracts contracts, int providerCount, int testerCount) {
        return average(market, contracts, providerCount, testerCount, 1);
    }

    /** The same of two rounds, the second of which lapses after the first provider's contribution. */
    public static TestModel finishByLapse(TestMarket market, MarketContracts contracts, int providerCount) {
        final TestModel model = average(market, contracts, providerCount, 0, 2);
        contribute(market, contracts, model.providers.getFirst().contribution(model.id, 1, model.opening));
        market.lapse(model.id);
        return model;
    }

    private static TestModel average(
            TestMarket market, MarketContracts contracts, int providerCount, int testerCount, int rounds) {
        final List<TestProvider> testers = market.providers(testerCount);
        testers.forEach(tester -> register(market, contracts, tester));
        final List<TestProvider> providers = market.providers(providerCount);
        final AllowList allowList = TestMarket.allowList(providers);
        final BigInteger campaign = market.open(
                providers, rounds, testers.stream().map(TestProvider::datasetId).toList());
        for (TestProvider provider : providers) {
            register(market, contracts, provider);
            final var joining = provider.joining(campaign, allowList);
            market.send(contracts.join(market.deployment(), joining.request(), joining.authorization()));
        }
        final List<TestProvider.Contribution> contributions = new ArrayList<>();
        for (TestProvider provider : providers) {
            final TestProvider.Contribution contribution = provider.contribution(campaign);
            contribute(market, contracts, contribution);
            contributions.add(contribution);
        }
        // To the end of the shares' window.
        market.node().increaseTime(86_400 + 3_600);
        final ModelOpening opening = new TestAggregators(market, campaign).close(contributions);
        for (TestProvider provider : providers) {
            market.node().call("hardhat_setBalance", provider.address(), ETHER);
            market.send(contracts.claim(market.deployment(), campaign, provider.address()));
        }
        return new TestModel(market, campaign, providers, testers, opening);
    }

    private static void contribute(TestMarket market, MarketContracts contracts, TestProvider.Contribution c) {
        market.send(contracts.contribute(
                market.deployment(), c.statement(), c.datasetId(), c.shares(), c.proof(), c.authorization()));
    }

    /** Registers a provider's data set. */
    public static void register(TestMarket market, MarketContracts contracts, TestProvider provider) {
        final var registration = provider.registration();
        market.send(contracts.register(
                market.deployment(), registration.statement(), registration.proof(), registration.authorization()));
    }

    /** The campaign's owner. */
    public String owner() {
        return ownerAccount().getAddress();
    }

    private static Credentials ownerAccount() {
        return TestMarket.account(0);
    }

    /** A tier on offer. */
    public static Tier tier(long queries, long termSeconds, BigInteger price) {
        return new Tier(BigInteger.valueOf(queries), BigInteger.valueOf(termSeconds), price);
    }

    /** Puts these tiers in the place of what was on offer. */
    public void list(String seller, String endpoint, List<Tier> tiers) {
        TestMarket.run(owned().list(id, seller, endpoint, tiers));
    }

    /** A contributor buys a pass, with another one's key for its queries; gives its number. */
    public BigInteger buy(TestProvider buyer, TestProvider sessionKey, int tierIndex) {
        final var receipt = TestMarket.run(market.sale(buyer.credentials())
                .buyPass(id, BigInteger.valueOf(tierIndex), quote(tierIndex), sessionKey.address(), NO_PERMIT));
        return InferenceMarket.getPassPurchasedEvents(receipt).getFirst().passId;
    }

    /** Lets the sale take the buyer's tokens. */
    public void approve(TestProvider buyer, BigInteger amount) {
        TestMarket.run(
                market.token(buyer.credentials()).approve(market.deployment().inference(), amount));
    }

    /** What the contract wants to be told by a buyer. */
    public byte[] quote(int tierIndex) {
        try {
            return owned().quote(id, BigInteger.valueOf(tierIndex)).send();
        } catch (Exception e) {
            throw new IllegalStateException("no quote", e);
        }
    }

    /** Redeems a pass up to a count, by the session key's signature; sent by the owner. */
    public void redeem(BigInteger pass, TestProvider sessionKey, long count) {
        final byte[] inputsHash = new byte[32];
        try {
            final byte[] digest = owned().queryDigest(pass, BigInteger.valueOf(count), inputsHash, Consent.DEADLINE)
                    .send();
            TestMarket.run(owned().redeem(
                            pass, BigInteger.valueOf(count), inputsHash, Consent.DEADLINE, sessionKey.sign(digest)));
        } catch (Exception e) {
            throw new IllegalStateException("the pass was not redeemed", e);
        }
    }

    public void close(BigInteger pass) {
        TestMarket.run(owned().close(pass));
    }

    public void claim(String account) {
        TestMarket.run(owned().claim(id, account));
    }

    public void setFee(int basisPoints) {
        TestMarket.run(owned().setFee(BigInteger.valueOf(basisPoints)));
    }

    public void pauseSale() {
        TestMarket.run(owned().pause());
    }

    public void unpauseSale() {
        TestMarket.run(owned().unpause());
    }

    /** The owner proves how good it is on somebody's data, after that data's base rate, which the contract wants to know first. */
    public TestProvider.Metric proveMetric(TestProvider dataset) {
        proveBaseRate(dataset);
        final TestProvider.Metric metric = dataset.metric(id, 1, opening, owner());
        TestMarket.run(measured()
                .proveMetric(
                        id,
                        BigInteger.ONE,
                        dataset.datasetId(),
                        BigInteger.valueOf(metric.hits()),
                        metric.squaredErrorSum(),
                        metric.proof()));
        return metric;
    }

    private void proveBaseRate(TestProvider dataset) {
        final TestProvider.Metric metric =
                dataset.metric(BigInteger.ZERO, 0, ModelOpening.zero(TestMarket.LK), owner());
        TestMarket.run(
                measured().proveBaseRate(dataset.datasetId(), BigInteger.valueOf(metric.hits()), metric.proof()));
    }

    /** The sale, as the owner calls it. */
    public InferenceMarket owned() {
        return market.sale(ownerAccount());
    }

    /** The metrics, as the owner calls them. */
    public ModelMetrics measured() {
        return market.metrics(ownerAccount());
    }

    /** The test set of a tester as the API names it. */
    public static String datasetId(TestProvider provider) {
        return Hex.of(provider.datasetId());
    }
}
