package org.zkml.backend.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.EventScope;
import org.zkml.backend.chain.index.Projection;

/** Makes {@link Dataset} of the registry's events. */
@ApplicationScoped
public class DatasetProjection implements Projection {

    @Override
    public void apply(ChainEvent event) {
        switch (event.name) {
            case "DatasetRegistered" -> register(event);
            case "DatasetRetired" ->
                Dataset.of(event.arguments().get("datasetId").asText()).orElseThrow().retired = true;
            default -> {}
        }
    }

    private static void register(ChainEvent event) {
        final JsonNode arguments = event.arguments();
        final Dataset dataset = new Dataset();
        dataset.id = arguments.get("datasetId").asText();
        dataset.provider = arguments.get("provider").asText();
        dataset.schemaHash = arguments.get("schemaHash").asText();
        dataset.ln = arguments.get("ln").asInt();
        dataset.lk = arguments.get("lk").asInt();
        dataset.b = arguments.get("b").asInt();
        dataset.n = arguments.get("n").asLong();
        dataset.feat = arguments.get("feat").asLong();
        dataset.commitmentX = arguments.get("cX").toString();
        dataset.commitmentY = arguments.get("cY").toString();
        dataset.proofHash = arguments.get("proofHash").asText();
        dataset.position = ChainPosition.of(event);
        dataset.registeredAt = event.time();
        dataset.persist();
    }

    @Override
    public void forget(String scope) {
        final String id = EventScope.dataset(scope);
        if (id != null) {
            Dataset.delete("id", id);
        }
    }

    @Override
    public void forgetAll() {
        Dataset.deleteAll();
    }
}
