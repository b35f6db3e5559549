package org.zkml.backend.model;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.contribution.Exclusion;
import org.zkml.backend.contribution.RoundViews;
import org.zkml.backend.dataset.Dataset;

/** Where a model comes from: every round with the contributions behind it, its average, and the metrics proved of that. */
@ApplicationScoped
public class LineageService {

    /** Whoever knows a model can prove metrics without end; these many are shown. */
    private static final int SHOWN_METRICS = 100;

    private final RoundViews rounds;
    private final MetricViews metrics;

    LineageService(RoundViews rounds, MetricViews metrics) {
        this.rounds = rounds;
        this.metrics = metrics;
    }

    /**
     * A contribution with its data set.
     *
     * @param exclusion null unless it was taken out of its round for fault
     */
    public record Contributed(Contribution contribution, Dataset dataset, Exclusion exclusion) {}

    /**
     * A round.
     *
     * @param contributions all that were verified, in the order of the chain
     * @param metrics of its average; the independent ones first, at most a hundred
     */
    public record View(RoundViews.View round, List<Contributed> contributions, List<MetricViews.View> metrics) {}

    /**
     * The rounds of a finished campaign, in their order.
     *
     * @param after only those with higher numbers; -1 for all
     * @return empty if there is no such model
     */
    public Optional<List<View>> of(BigInteger modelId, int after, int limit) {
        return QuarkusTransaction.requiringNew()
                .call(() -> ModelService.finished(modelId)
                        .map(campaign -> rounds.within(campaign, after, limit).stream()
                                .map(round -> view(campaign, round))
                                .toList()));
    }

    private View view(Campaign campaign, RoundViews.View round) {
        final Map<String, Dataset> datasets = Dataset.of(round.contributions().stream()
                .map(contribution -> contribution.datasetId)
                .toList());
        final List<Contributed> contributions = new ArrayList<>();
        for (Contribution contribution : round.contributions()) {
            contributions.add(new Contributed(
                    contribution,
                    datasets.get(contribution.datasetId),
                    round.exclusions().stream()
                            .filter(exclusion -> exclusion.provider.equals(contribution.provider))
                            .findFirst()
                            .orElse(null)));
        }
        // The average of round r is model r + 1.
        return new View(
                round,
                contributions,
                metrics.of(campaign, ModelMetric.of(campaign.id, round.round().round + 1, SHOWN_METRICS)));
    }
}
