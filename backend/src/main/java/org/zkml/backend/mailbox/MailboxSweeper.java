package org.zkml.backend.mailbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.chain.Ticker;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.IndexerCursor;

/** Removes the messages of rounds that nobody asks for any more, and of campaigns that ended, or should have, long ago. */
@ApplicationScoped
public class MailboxSweeper {

    private static final Logger LOG = Logger.getLogger(MailboxSweeper.class);
    private static final List<String> ENDS = List.of("CampaignFinished", "CampaignCancelled");
    /** How long the messages of a round are kept when the round after the next has begun: no reorganisation brings it back. */
    private static final Duration OLD_ROUND = Duration.ofDays(1);

    private final MailboxConfig config;
    private final MarketClock marketClock;
    private final Clock clock = Clock.systemUTC();
    private Ticker ticker;

    MailboxSweeper(MailboxConfig config, MarketClock marketClock) {
        this.config = config;
        this.marketClock = marketClock;
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

    /** @return how many messages were removed */
    public long sweep(Instant now) {
        final List<BigInteger> campaigns = QuarkusTransaction.requiringNew()
                .call(() -> MailboxMessage.getEntityManager()
                        .createQuery("select distinct m.campaignId from MailboxMessage m", BigInteger.class)
                        .getResultList());
        // One transaction each: however much there is, some of it goes.
        final long removed = campaigns.stream()
                .mapToLong(id -> QuarkusTransaction.requiringNew().call(() -> sweep(id, now)))
                .sum();
        if (removed > 0) {
            LOG.infof("old messages removed: count=%d", removed);
        }
        return removed;
    }

    private long sweep(BigInteger campaignId, Instant now) {
        final Optional<Campaign> campaign = Campaign.of(campaignId);
        if (campaign.isEmpty() || !isUpToDate()) {
            return 0;
        }
        if (isOver(campaign.get(), now.minus(config.retention()).getEpochSecond())) {
            return MailboxMessage.delete("campaignId", campaignId);
        }
        final long averaged = ChainEvent.count(
                "campaignId = ?1 and name = ?2 and blockTime < ?3",
                campaignId,
                "RoundAveraged",
                now.minus(OLD_ROUND).getEpochSecond());
        return MailboxMessage.delete("campaignId = ?1 and round < ?2 - 1", campaignId, averaged);
    }

    /** While projections are made again campaigns show what they were, and the clock already what time it is. */
    private static boolean isUpToDate() {
        return IndexerCursor.current().filter(cursor -> cursor.lag() == 0).isPresent();
    }

    /** Whether the campaign ended, or could have been ended by anybody, before a Unix second. */
    private boolean isOver(Campaign campaign, long second) {
        if (campaign.ended != null) {
            return ChainEvent.count("campaignId = ?1 and name in ?2 and blockTime < ?3", campaign.id, ENDS, second) > 0;
        }
        final long end = campaign.terms().aggregationEnd(campaign.roundBegins);
        return marketClock.now().at(end).getEpochSecond() < second;
    }
}
