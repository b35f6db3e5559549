package org.zkml.backend.chain.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.zkml.backend.market.TestModel.tier;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.inference.PassRedemption;
import org.zkml.backend.inference.PassService;
import org.zkml.backend.inference.PassState;
import org.zkml.backend.market.HardhatNode;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.backend.market.TestMarket;
import org.zkml.backend.market.TestModel;
import org.zkml.backend.market.TestProvider;
import org.zkml.backend.model.LineageService;
import org.zkml.backend.model.MetricViews;
import org.zkml.backend.model.ModelService;
import org.zkml.backend.payout.PayoutService;
import org.zkml.backend.payout.RevenueService;

/** The sale of inference and proved metrics as they are read of a real chain, against what the contracts say themselves. */
@QuarkusTest
@OnManualMarket
class SaleIndexerTest {

    private static final long MONTH = 30 * 86_400L;
    private static final long GRACE = 3 * 86_400L;
    private static final BigInteger TOKEN = BigInteger.TEN.pow(18);

    @Inject
    ChainConfig config;

    @Inject
    MarketContracts contracts;

    @Inject
    Indexer indexer;

    @Inject
    ModelService models;

    @Inject
    LineageService lineage;

    @Inject
    PassService passes;

    @Inject
    RevenueService revenue;

    @Inject
    PayoutService payouts;

    @Inject
    EntityManager entities;

    private TestMarket market;
    private HardhatNode node;

    @BeforeEach
    void connect() {
        market = TestMarket.at(
                config.rpcUrl().toString(), config.deploymentFile().orElseThrow());
        node = market.node();
    }

    @Test
    void knowsAModelAndItsOfferAsTheContractTellsThem() throws Exception {
        final TestModel model = TestModel.finish(market, contracts, 3, 0);
        indexer.catchUp();
        final ModelService.View unlisted = models.get(model.id()).orElseThrow();
        assertNull(unlisted.summary().listing());
        final var contract = model.owned().model(model.id()).send();
        assertEquals(contract.points.longValueExact(), unlisted.summary().points());
        assertEquals(contract.version.intValueExact(), unlisted.summary().campaign().round);
        assertEquals(contract.owner, unlisted.summary().campaign().owner);
        assertEquals(
                "{\"x\":\"" + contract.commitment.x + "\",\"y\":\"" + contract.commitment.y + "\"}",
                unlisted.summary().campaign().model);
        assertEquals(
                model.providers().stream().map(TestProvider::address).toList(),
                List.copyOf(unlisted.points().keySet()));

        model.setFee(250);
        final String seller = model.providers().getFirst().address();
        // What no database takes, what looks like an address, and what decodes to other characters.
        for (String endpoint :
                List.of("https://a.example\u0000\u001b[2J\"é\ud83d\ude00", "0x" + "Ab".repeat(20) + "Z", "")) {
            model.list(seller, endpoint, List.of(tier(3, 60, TOKEN), tier(7, 61, TOKEN), tier(1, 1, BigInteger.ZERO)));
            assertOffer(model, endpoint);
        }
        model.setFee(0);
        assertOffer(model, "");
        model.list(seller, "gone", List.of());
        assertOffer(model, "gone");
        assertNull(models.get(model.id()).orElseThrow().summary().listing().lowestPrice);
        assertRebuildsToTheSame();
    }

    /** Against the contract's quotes. */
    private void assertOffer(TestModel model, String endpoint) throws Exception {
        indexer.catchUp();
        final ModelService.View view = models.get(model.id()).orElseThrow();
        assertEquals(endpoint, view.summary().listing().endpoint());
        assertEquals(
                model.owned().listing(model.id()).send().seller, view.summary().listing().seller);
        assertEquals(model.owned().feeBasisPoints().send().intValueExact(), view.feeBasisPoints());
        assertEquals(
                model.owned().tiers(model.id()).send().size(),
                view.summary().offers().size());
        for (ModelService.Offer offer : view.summary().offers()) {
            assertArrayEquals(model.quote(offer.index()), Hex.parse(offer.quote()));
        }
    }

    @Test
    void knowsPassesAndRevenueAsTheContractTellsThem() throws Exception {
        final long seed = 20_260_501;
        final Random random = new Random(seed);
        final TestModel model = TestModel.finish(market, contracts, 3, 0);
        final TestProvider key = model.providers().getLast();
        model.setFee(333);
        model.list(
                key.address(),
                "https://a.example",
                List.of(
                        tier(7, MONTH, TOKEN.add(BigInteger.valueOf(3))),
                        tier(3, 1_000, BigInteger.valueOf(10)),
                        tier(5, 60, BigInteger.ZERO)));
        final List<BigInteger> sold = new ArrayList<>();
        for (TestProvider buyer : model.providers()) {
            model.approve(buyer, TOKEN.multiply(BigInteger.valueOf(3)));
            for (int tier = 0; tier < 3; tier++) {
                sold.add(model.buy(buyer, key, tier));
            }
        }
        assertSale(model, sold);
        final Map<String, List<String>> before = ProjectedTables.of(entities);
        final String snapshot = node.snapshot();
        redeemAndClaim(model, sold, random);
        assertNotEquals(before, ProjectedTables.of(entities));
        node.revert(snapshot);
        node.mine(40);
        indexer.catchUp();
        assertEquals(before, ProjectedTables.of(entities));
        assertSale(model, sold);

        redeemAndClaim(model, sold, random);
        assertPausesLengthenTerms(model, sold);
        node.increaseTime(MONTH + GRACE);
        assertSale(model, sold);
        for (BigInteger pass : sold) {
            assertEquals(PassState.CLOSABLE, state(pass));
            model.close(pass);
        }
        assertSale(model, sold);
        assertRebuildsToTheSame();
        assertSale(model, sold);
    }

    /** A contribution that was rewarded and is in no average has no share in sales. */
    @Test
    void knowsThatALapsedRoundEarnsNothing() throws Exception {
        final TestModel model = TestModel.finishByLapse(market, contracts, 3);
        final TestProvider key = model.providers().getLast();
        model.list(key.address(), "", List.of(tier(3, MONTH, TOKEN)));
        model.approve(key, TOKEN);
        final BigInteger pass = model.buy(key, key, 0);
        model.redeem(pass, key, 2);
        assertSale(model, List.of(pass));
        final ModelService.Summary summary =
                models.get(model.id()).orElseThrow().summary();
        assertEquals(model.owned().model(model.id()).send().points.longValueExact(), summary.points());
        final RevenueService.Model revenueOfFirst = revenue.of(
                        model.providers().getFirst().address(), null, 1)
                .orElseThrow()
                .models()
                .getFirst();
        assertEquals(model.providers().getFirst().rows(), revenueOfFirst.points());
        assertEquals(
                List.of(3, 1),
                lineage.of(model.id(), -1, 200).orElseThrow().stream()
                        .map(round -> round.contributions().size())
                        .toList());
    }

    private void redeemAndClaim(TestModel model, List<BigInteger> sold, Random random) throws Exception {
        final TestProvider key = model.providers().getLast();
        for (int step = 0; step < 8; step++) {
            final BigInteger pass = sold.get(random.nextInt(sold.size()));
            final var now = model.owned().pass(pass).send();
            final int left = now.queries.subtract(now.redeemed).intValueExact();
            if (left > 0) {
                model.redeem(pass, key, now.redeemed.longValueExact() + 1 + random.nextInt(left));
            }
            final String account = random.nextInt(4) == 0
                    ? model.owner()
                    : model.providers().get(random.nextInt(3)).address();
            if (model.owned().claimable(model.id(), account).send().signum() > 0) {
                model.claim(account);
            }
        }
        assertSale(model, sold);
    }

    private void assertPausesLengthenTerms(TestModel model, List<BigInteger> sold) throws Exception {
        final var first = passes.get(sold.getFirst(), null, 1).orElseThrow().view();
        model.pauseSale();
        node.increaseTime(5_000);
        assertSale(model, sold);
        assertTrue(models.get(model.id()).orElseThrow().salePaused());
        model.unpauseSale();
        assertSale(model, sold);
        assertFalse(models.get(model.id()).orElseThrow().salePaused());
        final var later = passes.get(sold.getFirst(), null, 1).orElseThrow().view();
        assertTrue(later.termEnd().getEpochSecond() >= first.termEnd().getEpochSecond() + 5_000);
        // Campaigns have a clock of their own.
        assertFalse(market.campaigns().paused().send());
    }

    private PassState state(BigInteger pass) {
        return passes.get(pass, null, 1).orElseThrow().view().state();
    }

    /** Passes, their redemptions, and what everybody has earned, against the contract. */
    private void assertSale(TestModel model, List<BigInteger> sold) throws Exception {
        indexer.catchUp();
        for (BigInteger pass : sold) {
            assertPass(model, pass);
        }
        final List<String> accounts = new ArrayList<>(
                model.providers().stream().map(TestProvider::address).toList());
        accounts.add(model.owner());
        accounts.add("0x" + "99".repeat(20));
        for (String account : accounts) {
            assertRevenue(model, account);
        }
        for (TestProvider buyer : model.providers()) {
            assertEquals(
                    sold.stream()
                            .filter(pass -> isOf(model, pass, buyer))
                            .sorted(Comparator.reverseOrder())
                            .toList(),
                    passes.list(buyer.address(), null, 200).stream()
                            .map(view -> view.pass().id)
                            .toList());
        }
    }

    private static boolean isOf(TestModel model, BigInteger pass, TestProvider buyer) {
        try {
            return model.owned().pass(pass).send().buyer.equals(buyer.address());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertPass(TestModel model, BigInteger number) throws Exception {
        final var contract = model.owned().pass(number).send();
        final PassService.Detail detail = passes.get(number, null, 200).orElseThrow();
        final var pass = detail.view().pass();
        assertEquals(contract.buyer, pass.buyer);
        assertEquals(contract.sessionKey, pass.sessionKey);
        assertEquals(contract.seller, pass.seller);
        assertEquals(contract.modelId, pass.modelId);
        assertEquals(contract.queries.longValueExact(), pass.queries);
        assertEquals(contract.redeemed.longValueExact(), pass.redeemed);
        assertEquals(contract.price, pass.price);
        assertEquals(contract.feeBasisPoints.intValueExact(), pass.feeBasisPoints);
        assertEquals(contract.closed, detail.view().state() == PassState.CLOSED);
        final long tolerance = 2; // during a pause the contract answers for a block that would be made now
        assertTrue(
                Math.abs(contract.termEnd.longValueExact()
                                - detail.view().termEnd().getEpochSecond())
                        <= tolerance,
                contract.termEnd + " is not " + detail.view().termEnd());
        BigInteger released = BigInteger.ZERO;
        for (PassRedemption redemption : detail.redemptions()) {
            released = released.add(redemption.released);
            assertEquals(
                    redemption.released,
                    redemption.fee.add(redemption.ownerAmount).add(redemption.contributorsAmount));
        }
        assertEquals(released, pass.released());
        if (contract.closed) {
            assertEquals(pass.price, released.add(pass.refund));
        }
    }

    private void assertRevenue(TestModel model, String account) throws Exception {
        final RevenueService.View view = revenue.of(account, null, 200).orElseThrow();
        assertEquals(market.deployment().token(), view.token());
        assertEquals(view.earned(), view.claimed().add(view.claimable()));
        final BigInteger owed = model.owned().claimable(model.id(), account).send();
        final var earnings = model.owned().earnings(model.id()).send();
        final var found = view.models().stream()
                .filter(candidate -> candidate.modelId().equals(model.id()))
                .findFirst();
        if (found.isEmpty()) {
            assertEquals(BigInteger.ZERO, owed);
            return;
        }
        final RevenueService.Model own = found.get();
        final BigInteger asOwner =
                own.asOwner() == null ? BigInteger.ZERO : own.asOwner().claimable();
        assertEquals(owed, own.asContributor().claimable().add(asOwner));
        assertEquals(account.equals(model.owner()), own.asOwner() != null);
        assertTrue(own.asContributor().formula().contains(" = " + earnings.component1().perPoint + "; earned"));
        if (own.asOwner() != null) {
            assertEquals(earnings.component1().ownerEarned, own.asOwner().earned());
            assertEquals(earnings.component1().ownerClaimed, own.asOwner().claimed());
        }
        // Rewards are another thing, whose claims have the same event's name.
        final PayoutService.View rewards = payouts.of(account, null, 200);
        assertEquals(rewards.released().subtract(rewards.claimed()), rewards.claimable());
        assertEquals(market.campaigns().claimable(account).send(), rewards.claimable());
    }

    @Test
    void knowsMetricsAndLineageAsTheContractsTellThem() throws Exception {
        final TestModel model = TestModel.finish(market, contracts, 3, 2);
        final TestProvider independent = model.testers().getFirst();
        final TestProvider chosen = market.providers(1).getFirst();
        TestModel.register(market, contracts, chosen);
        indexer.catchUp();
        final Map<String, List<String>> before = ProjectedTables.of(entities);
        final String snapshot = node.snapshot();
        proveMetrics(model, independent, chosen);
        node.revert(snapshot);
        node.mine(20);
        indexer.catchUp();
        assertEquals(before, ProjectedTables.of(entities));
        proveMetrics(model, independent, chosen);
        assertRebuildsToTheSame();

        final List<LineageService.View> rounds = lineage.of(model.id(), -1, 200).orElseThrow();
        assertEquals(1, rounds.size());
        assertEquals(
                model.providers().stream().map(TestProvider::address).toList(),
                rounds.getFirst().contributions().stream()
                        .map(contributed -> contributed.contribution().provider)
                        .toList());
        assertEquals(
                model.providers().stream()
                        .map(provider -> (long) provider.rows())
                        .toList(),
                rounds.getFirst().contributions().stream()
                        .map(contributed -> contributed.dataset().n)
                        .toList());
        assertEquals(4, rounds.getFirst().metrics().size());
        assertTrue(lineage.of(model.id().add(BigInteger.TEN), -1, 200).isEmpty());
    }

    private void proveMetrics(TestModel model, TestProvider independent, TestProvider chosen) throws Exception {
        final TestProvider seat = model.providers().getFirst();
        final var onChosen = model.proveMetric(chosen);
        final var onIndependent = model.proveMetric(independent);
        model.proveMetric(seat);
        model.proveMetric(model.testers().getLast());
        indexer.catchUp();
        final ModelService.View view = models.get(model.id()).orElseThrow();
        assertEquals(
                model.measured().metricsProved(model.id()).send().longValueExact(),
                view.summary().metricsProved());
        assertEquals(
                List.of(true, true, false, false),
                view.metrics().stream()
                        .map(metric -> metric.metric().independent)
                        .toList());
        final MetricViews.View first = metric(view, independent);
        assertEquals(onIndependent.hits(), first.metric().hits);
        assertEquals(onIndependent.squaredErrorSum(), first.metric().squaredErrorSum);
        assertEquals(independent.address(), first.registrant());
        assertEquals(independent.rows(), first.metric().rows);
        assertEquals(independent.positives(), first.baseRate().positives);
        assertEquals(onChosen.hits(), metric(view, chosen).metric().hits);
        assertEquals(chosen.positives(), metric(view, chosen).baseRate().positives);
        // A seat's data set is nobody's independent one.
        assertFalse(metric(view, seat).metric().independent);
        assertEquals(2, view.summary().independent().size());
    }

    private static MetricViews.View metric(ModelService.View view, TestProvider dataset) {
        return view.metrics().stream()
                .filter(metric -> metric.metric().datasetId.equals(TestModel.datasetId(dataset)))
                .findFirst()
                .orElseThrow();
    }

    private void assertRebuildsToTheSame() {
        final Map<String, List<String>> before = ProjectedTables.of(entities);
        indexer.rebuild();
        assertEquals(before, ProjectedTables.of(entities));
    }
}
