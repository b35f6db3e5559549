package org.zkml.backend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.prover.fixedpoint.ModelKind;

/** The search against plain filters and comparators over random models: rows of the projection, without a chain. */
@QuarkusTest
@OnManualMarket
class ModelSearchTest {

    private static final long SEED = 20_260_502;
    private static final int MODELS = 60;
    /** Far above the numbers of campaigns on the chain of the other tests. */
    private static final BigInteger FIRST_ID = BigInteger.TWO.pow(200);

    private static final String SCHEMA = "0x" + "5e".repeat(32);
    private static final String OTHER_SCHEMA = "0x" + "5f".repeat(32);
    private static final BigInteger PRICE_END = BigInteger.TWO.pow(128);

    @Inject
    ModelSearch search;

    @Inject
    EntityManager entities;

    private final Random random = new Random(SEED);

    /** A model as the search should see it. */
    private record Known(
            BigInteger id,
            ModelKind kind,
            String schema,
            String owner,
            String seller,
            List<ModelListing.Tier> tiers,
            long points,
            List<long[]> independent) {

        boolean isListed() {
            return tiers != null && !tiers.isEmpty();
        }

        /** Hits and rows of the least accurate; null if there is none. */
        long[] lowest() {
            return kind != ModelKind.LOGISTIC
                    ? null
                    : independent.stream().min(Known::compareFractions).orElse(null);
        }

        private static int compareFractions(long[] a, long[] b) {
            return BigInteger.valueOf(a[0])
                    .multiply(BigInteger.valueOf(b[1]))
                    .compareTo(BigInteger.valueOf(b[0]).multiply(BigInteger.valueOf(a[1])));
        }

        private static int compareByPrice(Known a, Known b) {
            return comparePrices(cheapest(a), cheapest(b));
        }

        private static ModelListing.Tier cheapest(Known model) {
            return model.isListed()
                    ? model.tiers.stream().min(Known::comparePrices).orElseThrow()
                    : null;
        }

        private static int comparePrices(ModelListing.Tier a, ModelListing.Tier b) {
            if (a == null || b == null) {
                return Boolean.compare(a == null, b == null);
            }
            return a.price()
                    .multiply(BigInteger.valueOf(b.queries()))
                    .compareTo(b.price().multiply(BigInteger.valueOf(a.queries())));
        }

        private static int compareByAccuracy(Known a, Known b) {
            if (a.lowest() == null || b.lowest() == null) {
                return Boolean.compare(a.lowest() == null, b.lowest() == null);
            }
            return compareFractions(b.lowest(), a.lowest());
        }
    }

    @AfterEach
    void remove() {
        QuarkusTransaction.requiringNew().run(() -> {
            for (String table : List.of("campaign_round", "model_metric")) {
                entities.createNativeQuery("delete from " + table + " where campaign_id >= :first")
                        .setParameter("first", FIRST_ID)
                        .executeUpdate();
            }
            ModelListing.delete("modelId >= ?1", FIRST_ID);
            Campaign.delete("id >= ?1", FIRST_ID);
        });
    }

    @Test
    void findsInEveryOrderByPagesOfAnySizeWhatPlainFiltersFind() {
        final List<Known> models = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            models.add(random(FIRST_ID.add(BigInteger.valueOf(i))));
        }
        QuarkusTransaction.requiringNew().run(() -> models.forEach(this::store));
        for (ModelSearch.Order order : ModelSearch.Order.values()) {
            for (int i = 0; i < 25; i++) {
                assertFinds(models, order, filter(models));
            }
        }
    }

    private void assertFinds(List<Known> models, ModelSearch.Order order, ModelSearch.Filter filter) {
        final List<BigInteger> expected = models.stream()
                .filter(matching(filter))
                .sorted(comparator(order).thenComparing(Known::id, Comparator.reverseOrder()))
                .map(Known::id)
                .toList();
        final int limit = 1 + random.nextInt(20);
        final List<BigInteger> found = new ArrayList<>();
        ModelSearch.Place after = null;
        List<ModelSearch.Place> page;
        do {
            final ModelSearch.Place begin = after;
            page = QuarkusTransaction.requiringNew().call(() -> search.find(filter, order, begin, limit));
            page.stream().map(ModelSearch.Place::id).forEach(found::add);
            after = page.isEmpty() ? null : page.getLast();
        } while (page.size() == limit);
        assertEquals(expected, found, () -> "seed " + SEED + ", " + order + ", " + filter + ", limit " + limit);
    }

    private static Comparator<Known> comparator(ModelSearch.Order order) {
        return switch (order) {
            case NEWEST -> Comparator.comparing(Known::id).reversed();
            case PRICE -> Known::compareByPrice;
            case ACCURACY -> Known::compareByAccuracy;
            case POINTS -> Comparator.comparing(Known::points).reversed();
        };
    }

    private static Predicate<Known> matching(ModelSearch.Filter filter) {
        return model -> (filter.kind() == null || filter.kind() == model.kind)
                && filter.schemaHash().equals(model.schema)
                && (filter.owner() == null || filter.owner().equals(model.owner))
                && (filter.seller() == null || filter.seller().equals(model.seller))
                && (filter.listed() == null || filter.listed() == model.isListed())
                && (filter.minAccuracy() == null
                        || model.lowest() != null && isAtLeast(model.lowest(), filter.minAccuracy()));
    }

    private static boolean isAtLeast(long[] fraction, BigDecimal wanted) {
        return BigDecimal.valueOf(fraction[0]).compareTo(wanted.multiply(BigDecimal.valueOf(fraction[1]))) >= 0;
    }

    /** Always of a schema of its own: other tests have models too. */
    private ModelSearch.Filter filter(List<Known> models) {
        final Known like = models.get(random.nextInt(models.size()));
        return new ModelSearch.Filter(
                one(4) ? like.kind : null,
                one(6) ? OTHER_SCHEMA : SCHEMA,
                one(6) ? like.owner : null,
                one(6) ? like.seller : null,
                one(4) ? Boolean.valueOf(one(2)) : null,
                one(3) ? accuracy(like) : null);
    }

    /** Often exactly one that is there. */
    private BigDecimal accuracy(Known like) {
        if (like.lowest() != null && like.lowest()[0] == like.lowest()[1]) {
            return BigDecimal.ONE;
        }
        return one(2) ? new BigDecimal("0.5") : BigDecimal.valueOf(random.nextInt(1_000_000_001), 9);
    }

    private boolean one(int of) {
        return random.nextInt(of) == 0;
    }

    /** Prices and accuracies that are equal, next to each other, or at the ends of what the contracts take. */
    private Known random(BigInteger id) {
        final List<ModelListing.Tier> tiers = one(4) ? null : new ArrayList<>();
        for (int i = random.nextInt(4); i > 0 && tiers != null; i--) {
            final long queries = one(3) ? 0xffff_ffffL - random.nextInt(2) : 1 + random.nextInt(3);
            final BigInteger price = one(3)
                    ? PRICE_END.subtract(BigInteger.valueOf(1 + random.nextInt(2)))
                    : BigInteger.valueOf(random.nextInt(4));
            tiers.add(new ModelListing.Tier(queries, 60, price));
        }
        final List<long[]> independent = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            final long rows = one(3) ? 0xffff_ffffL - random.nextInt(2) : 1 + random.nextInt(4);
            independent.add(new long[] {Math.max(0, rows - random.nextInt(3)) / (one(3) ? 2 : 1), rows});
        }
        return new Known(
                id,
                ModelKind.values()[one(3) ? 1 + random.nextInt(2) : 0],
                one(5) ? OTHER_SCHEMA : SCHEMA,
                address(random.nextInt(3)),
                tiers == null ? null : address(random.nextInt(3)),
                tiers,
                random.nextInt(4),
                independent);
    }

    private static String address(int number) {
        return "0x" + ("0" + number).repeat(20);
    }

    private void store(Known model) {
        final Campaign campaign = new Campaign();
        campaign.id = model.id;
        campaign.owner = model.owner;
        campaign.schemaHash = model.schema;
        campaign.allowList = SCHEMA;
        campaign.terms = "{}";
        campaign.kind = model.kind.ordinal();
        campaign.firstModel = "{}";
        campaign.model = "{}";
        campaign.aggregators = "[]";
        campaign.testSets = "[]";
        campaign.budgetReserved = BigInteger.ZERO;
        campaign.ended = "FINISHED";
        campaign.round = 2;
        campaign.position = position();
        campaign.openedAt = Instant.EPOCH;
        campaign.persist();
        storeRounds(model);
        if (model.tiers != null) {
            storeListing(model);
        }
        int number = 0;
        for (long[] fraction : model.independent) {
            storeMetric(model.id, 2, number++, true, fraction);
        }
        // Of an older version, and of a test set that somebody chose: neither counts.
        storeMetric(model.id, 1, number++, true, 0, 1);
        storeMetric(model.id, 2, number, false, 1, 1);
    }

    private void storeRounds(Known model) {
        final long first = random.nextLong(model.points + 1);
        // The last one lapsed: it does not count.
        for (int round = 0; round < 3; round++) {
            entities.createNativeQuery(
                            "insert into campaign_round (campaign_id, round, model, sum_x, sum_y, weight_total,"
                                    + " contributors) values (:id, :round, '{}', 0, 0, :weight, 0)")
                    .setParameter("id", model.id)
                    .setParameter("round", round)
                    .setParameter(
                            "weight", List.of(first, model.points - first, 5L).get(round))
                    .executeUpdate();
        }
    }

    private static void storeListing(Known model) {
        final ModelListing listing = new ModelListing();
        listing.modelId = model.id;
        listing.owner = model.owner;
        listing.seller = model.seller;
        listing.endpoint = "\"\"";
        listing.offer(model.tiers.stream()
                .map(tier -> "{\"queries\":\"%d\",\"termSeconds\":\"%d\",\"price\":\"%d\"}"
                        .formatted(tier.queries(), tier.termSeconds(), tier.price()))
                .toList()
                .toString());
        assertEquals(model.tiers, listing.tiers());
        listing.position = position();
        listing.listedAt = Instant.EPOCH;
        listing.persist();
    }

    private static void storeMetric(BigInteger id, int version, int number, boolean independent, long... fraction) {
        final ModelMetric metric = new ModelMetric();
        metric.campaignId = id;
        metric.modelRound = version;
        metric.datasetId = "0x" + ("0" + number).repeat(32);
        metric.prover = address(0);
        metric.rows = fraction[1];
        metric.setHits(fraction[0]);
        metric.squaredErrorSum = BigInteger.ZERO;
        metric.independent = independent;
        metric.proofHash = metric.datasetId;
        metric.position = position();
        metric.provedAt = Instant.EPOCH;
        metric.persist();
    }

    private static ChainPosition position() {
        final ChainPosition position = new ChainPosition();
        position.transactionHash = SCHEMA;
        return position;
    }
}
