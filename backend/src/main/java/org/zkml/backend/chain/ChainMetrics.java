package org.zkml.backend.chain;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.zkml.backend.chain.index.IndexerCursor;
import org.zkml.backend.chain.relay.RelayState;
import org.zkml.backend.chain.relay.RelayedMessage;

/** Gauges of outbox and indexer, read from the database when they are asked for: the same on every instance. */
@ApplicationScoped
class ChainMetrics {

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        for (RelayState state : RelayState.values()) {
            Gauge.builder("zkml.outbox.messages", () -> count(state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("Messages in the outbox")
                    .register(metrics);
        }
        cursorGauge(metrics, "zkml.indexer.block", "Last block that was read", cursor -> cursor.blockNumber);
        cursorGauge(metrics, "zkml.indexer.lag", "Blocks of the chain that were not read yet", IndexerCursor::lag);
        cursorGauge(
                metrics,
                "zkml.indexer.reorganisations",
                "Reorganisations since the database was made",
                cursor -> cursor.reorganisations);
    }

    private static void cursorGauge(
            MeterRegistry metrics, String name, String description, ToLongFunction<IndexerCursor> value) {
        Gauge.builder(
                        name,
                        () -> QuarkusTransaction.requiringNew()
                                .call(() -> IndexerCursor.current()
                                        .map(cursor -> (double) value.applyAsLong(cursor))
                                        .orElse(Double.NaN)))
                .description(description)
                .register(metrics);
    }

    private static double count(RelayState state) {
        return QuarkusTransaction.requiringNew().call(() -> RelayedMessage.count("state", state));
    }
}
