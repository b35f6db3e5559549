package org.zkml.backend.model;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes listings, fees, metrics and base rates of the events of InferenceMarket and ModelMetrics. */
@ApplicationScoped
public class ModelProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        switch (event.name) {
            case "ModelListed" -> list(event);
            case "FeeSet" -> setFee(event);
            case "MetricProved" -> proveMetric(event);
            case "BaseRateProved" -> proveBaseRate(event);
            default -> {}
        }
    }

    /** In place of what was offered before. */
    private static void list(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final BigInteger modelId = new BigInteger(arguments.get("modelId").asText());
        final ModelListing listing = ModelListing.of(modelId).orElseGet(ModelListing::new);
        listing.modelId = modelId;
        listing.owner = arguments.get("owner").asText();
        listing.seller = arguments.get("seller").asText();
        listing.endpoint = arguments.get("endpoint").toString();
        listing.version = arguments.get("version").asInt();
        listing.points = arguments.get("points").asLong();
        listing.offer(arguments.get("tiers").toString());
        listing.position = ChainPosition.of(event);
        listing.listedAt = event.time();
        listing.persist();
    }

    private static void setFee(ChainEvent event) {
        final ProtocolFee fee = new ProtocolFee();
        fee.blockNumber = event.blockNumber;
        fee.logIndex = event.logIndex;
        fee.basisPoints = event.arguments().get("basisPoints").asInt();
        fee.persist();
    }

    private static void proveMetric(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final ModelMetric metric = new ModelMetric();
        metric.campaignId = event.campaignId;
        metric.modelRound = arguments.get("modelRound").asInt();
        metric.datasetId = arguments.get("datasetId").asText();
        metric.prover = arguments.get("prover").asText();
        metric.rows = arguments.get("rows").asLong();
        metric.setHits(arguments.get("hits").asLong());
        metric.squaredErrorSum = new BigInteger(arguments.get("squaredErrorSum").asText());
        metric.independent = arguments.get("independent").asBoolean();
        metric.proofHash = arguments.get("proofHash").asText();
        metric.position = ChainPosition.of(event);
        metric.provedAt = event.time();
        metric.persist();
    }

    private static void proveBaseRate(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final BaseRate rate = new BaseRate();
        rate.datasetId = arguments.get("datasetId").asText();
        rate.prover = arguments.get("prover").asText();
        rate.rows = arguments.get("rows").asLong();
        rate.positives = arguments.get("positives").asLong();
        rate.proofHash = arguments.get("proofHash").asText();
        rate.position = ChainPosition.of(event);
        rate.provedAt = event.time();
        rate.persist();
    }

    @Override
    public void forget(String scope) {
        if (EventScope.model(scope) != null) {
            ModelListing.delete("modelId", new BigInteger(EventScope.model(scope)));
        } else if (EventScope.campaign(scope) != null) {
            ModelMetric.delete("campaignId", new BigInteger(EventScope.campaign(scope)));
        } else if (EventScope.dataset(scope) != null) {
            BaseRate.delete("datasetId", EventScope.dataset(scope));
        } else if (scope.equals(EventScope.FEE)) {
            ProtocolFee.deleteAll();
        }
    }

    @Override
    public void forgetAll() {
        ModelListing.deleteAll();
        ModelMetric.deleteAll();
        BaseRate.deleteAll();
        ProtocolFee.deleteAll();
    }
}
