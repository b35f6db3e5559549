package org.zkml.backend.model;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.dataset.Dataset;
import org.zkml.prover.fixedpoint.ModelKind;

/** Proved metrics with what is needed to judge them. */
@ApplicationScoped
public class MetricViews {

    /**
     * @param registrant who registered the data set
     * @param classes whether targets are classes, so that there are hits
     * @param fp half of the fractional bits of the sum of squared errors
     * @param baseRate null if it was not proved
     */
    public record View(ModelMetric metric, String registrant, boolean classes, int fp, BaseRate baseRate) {}

    /** Of a campaign's models, in the order given. Within a transaction. */
    List<View> of(Campaign campaign, List<ModelMetric> metrics) {
        final ModelKind kind = campaign.terms().modelKind();
        final List<String> ids =
                metrics.stream().map(metric -> metric.datasetId).distinct().toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        final Map<String, BaseRate> baseRates = BaseRate.of(ids);
        final Map<String, Dataset> datasets = Dataset.of(ids);
        return metrics.stream()
                .map(metric -> new View(
                        metric,
                        datasets.get(metric.datasetId).provider,
                        kind == ModelKind.LOGISTIC,
                        kind.fp(campaign.terms().b()),
                        baseRates.get(metric.datasetId)))
                .toList();
    }
}
