package org.zkml.api.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.zkml.backend.chain.index.IndexerStatus;

/** How far behind the chain the projections are. */
@Readiness
@ApplicationScoped
class IndexerCheck implements HealthCheck {

    private final IndexerStatus indexer;

    IndexerCheck(IndexerStatus indexer) {
        this.indexer = indexer;
    }

    @Override
    public HealthCheckResponse call() {
        final HealthCheckResponseBuilder response = HealthCheckResponse.named("indexer");
        final Optional<IndexerStatus.Progress> progress = indexer.progress();
        if (progress.isEmpty()) {
            return response.down()
                    .withData("reason", "the chain has not been read yet")
                    .build();
        }
        return response.status(!progress.get().late())
                .withData("block", progress.get().block())
                .withData("lagBlocks", progress.get().lagBlocks())
                .withData(
                        "ageSeconds",
                        Duration.between(progress.get().updatedAt(), Instant.now())
                                .toSeconds())
                .build();
    }
}
