package org.zkml.backend.mailbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Ticker;

/** Removes the messages of campaigns that ended long ago. */
@ApplicationScoped
public class MailboxSweeper {

    private static final Logger LOG = Logger.getLogger(MailboxSweeper.class);
    private static final List<String> ENDS = List.of("CampaignFinished", "CampaignCancelled");

    private final MailboxConfig config;
    private final Clock clock = Clock.systemUTC();
    private Ticker ticker;

    MailboxSweeper(MailboxConfig config) {
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.sweepEvery().isPositive()) {
            ticker = Ticker.start("mailbox", config.sweepEvery(), () -> sweep(clock.instant()));
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (ticker != null) {
            ticker.close();
        }
    }

    /** @return how many messages of campaigns that ended {@code retention} before now, by the chain's clock, were removed */
    public long sweep(Instant now) {
        final long removed = QuarkusTransaction.requiringNew()
                .call(() -> MailboxMessage.delete(
                        "campaignId in (select e.campaignId from ChainEvent e where e.name in ?1 and e.blockTime < ?2)",
                        ENDS,
                        now.minus(config.retention()).getEpochSecond()));
        if (removed > 0) {
            LOG.infof("old messages removed: count=%d", removed);
        }
        return removed;
    }
}
