package org.zkml.backend.model;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.CampaignState;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.chain.SaleDeployment;
import org.zkml.backend.contribution.Contribution;
import org.zkml.prover.fixedpoint.ModelKind;

/** Models: what finished campaigns have made, whose work is in it, how good it was proved to be, and what a pass costs. */
@ApplicationScoped
public class ModelService {

    /** Whoever knows a model can prove metrics without end; these many are shown. */
    private static final int SHOWN_METRICS = 100;

    private final ModelSearch search;
    private final MetricViews metrics;
    private final SaleDeployment deployment;
    private final MarketClock clock;

    ModelService(ModelSearch search, MetricViews metrics, SaleDeployment deployment, MarketClock clock) {
        this.search = search;
        this.metrics = metrics;
        this.deployment = deployment;
        this.clock = clock;
    }

    /**
     * A model in a list.
     *
     * @param place where it stands in the list
     * @param points verified rows behind it
     * @param listing null if it was never listed
     * @param offers what can be bought
     * @param independent its independent metrics, the least accurate first
     * @param metricsProved metrics that were proved of its campaign's models
     */
    public record Summary(
            ModelSearch.Place place,
            Campaign campaign,
            long points,
            ModelListing listing,
            List<Offer> offers,
            List<ModelMetric> independent,
            long metricsProved) {

        /** Whether targets are classes, so that there is an accuracy. */
        public boolean isOfClasses() {
            return campaign.terms().modelKind() == ModelKind.LOGISTIC;
        }
    }

    /**
     * A tier with what the contract wants to be told by whoever buys it.
     *
     * @param index from 0, as the contract counts
     * @param quote 32 bytes as hex
     */
    public record Offer(int index, ModelListing.Tier tier, String quote) {}

    /**
     * A model.
     *
     * @param points rows that count, by provider, in the order of their first contribution
     * @param finished where its last average was taken
     * @param feeBasisPoints of passes sold now
     * @param salePaused whether nothing can be bought now
     * @param metrics of this model; the independent ones first, at most a hundred
     */
    public record View(
            Summary summary,
            Map<String, Long> points,
            RoundEnd finished,
            int feeBasisPoints,
            boolean salePaused,
            List<MetricViews.View> metrics) {}

    /**
     * Models in an order.
     *
     * @param after only those after this place; null for all
     * @throws org.zkml.backend.chain.NotDeployedException if that is asked for which the deployment has no contract of
     */
    public List<Summary> list(ModelSearch.Filter filter, ModelSearch.Order order, ModelSearch.Place after, int limit) {
        if (filter.seller() != null || filter.listed() != null || order == ModelSearch.Order.PRICE) {
            deployment.requireInference();
        }
        if (filter.minAccuracy() != null || order == ModelSearch.Order.ACCURACY) {
            deployment.requireMetrics();
        }
        return QuarkusTransaction.requiringNew().call(() -> summaries(search.find(filter, order, after, limit)));
    }

    /** The model of a finished campaign. */
    public Optional<View> get(BigInteger id) {
        return QuarkusTransaction.requiringNew().call(() -> finished(id).map(this::view));
    }

    /** Within a transaction. */
    static Optional<Campaign> finished(BigInteger id) {
        return Campaign.of(id).filter(campaign -> CampaignState.FINISHED.name().equals(campaign.ended));
    }

    private View view(Campaign campaign) {
        final Summary summary = summaries(List.of(new ModelSearch.Place(campaign.id, campaign.id)))
                .getFirst();
        return new View(
                summary,
                Contribution.modelPoints(List.of(campaign.id)).getOrDefault(campaign.id, Map.of()),
                RoundEnd.of(campaign.id, campaign.round - 1).orElseThrow(),
                ProtocolFee.present(),
                clock.sale().isPaused(),
                metrics.of(campaign, ModelMetric.of(campaign.id, campaign.round, SHOWN_METRICS)));
    }

    private static List<Summary> summaries(List<ModelSearch.Place> places) {
        final List<BigInteger> ids = places.stream().map(ModelSearch.Place::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        final Map<BigInteger, Campaign> campaigns = byId(Campaign.list("id in ?1", ids), campaign -> campaign.id);
        final Map<BigInteger, ModelListing> listings =
                byId(ModelListing.list("modelId in ?1", ids), listing -> listing.modelId);
        final Map<BigInteger, Map<String, Long>> points = Contribution.modelPoints(ids);
        final Map<BigInteger, Long> proved = ModelMetric.counts(ids);
        final Map<BigInteger, List<ModelMetric>> independent =
                ModelMetric.independent(ids).stream().collect(Collectors.groupingBy(metric -> metric.campaignId));
        final int fee = ProtocolFee.present();
        final List<Summary> summaries = new ArrayList<>();
        for (ModelSearch.Place place : places) {
            final BigInteger id = place.id();
            summaries.add(new Summary(
                    place,
                    campaigns.get(id),
                    points.getOrDefault(id, Map.of()).values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    listings.get(id),
                    offers(campaigns.get(id), listings.get(id), fee),
                    independent.getOrDefault(id, List.of()),
                    proved.getOrDefault(id, 0L)));
        }
        return summaries;
    }

    private static List<Offer> offers(Campaign campaign, ModelListing listing, int fee) {
        if (listing == null) {
            return List.of();
        }
        final List<ModelListing.Tier> tiers = listing.tiers();
        return IntStream.range(0, tiers.size())
                .mapToObj(i -> new Offer(i, tiers.get(i), ModelQuote.of(campaign, listing, tiers.get(i), fee)))
                .toList();
    }

    private static <T> Map<BigInteger, T> byId(List<T> entities, Function<T, BigInteger> id) {
        return entities.stream().collect(Collectors.toMap(id, Function.identity()));
    }
}
