package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import org.zkml.backend.chain.ChainConfig;

/** How much is relayed, and for whom. What counts is transactions: one message may need several. */
@ApplicationScoped
class RelayLimits {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration RETRY_SOON = Duration.ofSeconds(15);
    private static final Duration RETRY_WHEN_MINED = Duration.ofMinutes(1);
    private static final Duration RETRY_LATER = Duration.ofHours(1);

    private final EntityManager entities;
    private final ChainConfig.Relayer config;
    private final RelayBudget budget;

    RelayLimits(EntityManager entities, ChainConfig config, RelayBudget budget) {
        this.entities = entities;
        this.config = config.relayer();
        this.budget = budget;
    }

    /**
     * Whether a message that has just been planned may stay.
     *
     * @throws RelayLimitException if too many are waiting, the account has had its share of the day, or everybody has
     */
    void require(RelayedMessage planned, Instant now) {
        final String account = planned.account;
        final long waiting = RelayedMessage.count("state in (?1, ?2)", RelayState.PLANNED, RelayState.SENT);
        if (waiting > config.pending()) {
            throw new RelayLimitException(config.pending() + " messages are waiting for the chain", RETRY_SOON);
        }
        final long ofAccount = RelayedMessage.count(
                "account = ?1 and state in (?2, ?3)", account, RelayState.PLANNED, RelayState.SENT);
        if (ofAccount > config.pendingPerAccount()) {
            throw new RelayLimitException(
                    config.pendingPerAccount() + " messages of " + account + " are waiting for the chain", RETRY_SOON);
        }
        final RelayBudget.Shortage shortage = budget.shortage(RelayBudget.Purpose.of(planned), now);
        if (shortage != RelayBudget.Shortage.NONE) {
            final boolean reserved = shortage == RelayBudget.Shortage.RESERVED;
            throw new RelayLimitException(
                    "the server has spent " + (reserved ? "or reserved " : "")
                            + "on gas what it may in 24 hours; zkml sends with --direct what cannot wait",
                    reserved ? RETRY_WHEN_MINED : RETRY_LATER);
        }
        final long today = transactionsOf(account, now) + plannedOf(account) + refusedOf(account, now);
        if (today > config.dailyPerAccount()) {
            throw new RelayLimitException(
                    config.dailyPerAccount() + " messages of " + account + " were relayed in the last 24 hours",
                    RETRY_LATER);
        }
    }

    /**
     * Whether a message that failed may be planned again. While a reorganisation can undo the failure its nonce is still taken.
     *
     * @throws RelayLimitException if its transaction is not final yet, or it failed too often
     */
    void requireRepeatable(RelayedMessage failed, Instant now) {
        if (!failed.settled) {
            throw new RelayLimitException(
                    "the last transaction for " + failed.resource + ", " + failed.transactionHash
                            + ", failed, and is not final yet",
                    RETRY_SOON);
        }
        final int sent = entities.createQuery(
                        "select distinct a.relayer, a.nonce from RelayAttempt a"
                                + " where a.messageId = :message and a.createdAt > :since",
                        Object[].class)
                .setParameter("message", failed.id)
                .setParameter("since", now.minus(DAY))
                .getResultList()
                .size();
        if (sent >= config.dailyPerMessage()) {
            throw new RelayLimitException(
                    sent + " transactions for " + failed.resource + " were sent in the last 24 hours, all in vain",
                    RETRY_LATER);
        }
    }

    /** Replacements have the nonce of what they replace: they are one transaction. */
    private long transactionsOf(String account, Instant now) {
        return entities.createQuery(
                        "select distinct a.relayer, a.nonce from RelayAttempt a, RelayedMessage m"
                                + " where a.messageId = m.id and m.account = :account and a.createdAt > :since",
                        Object[].class)
                .setParameter("account", account)
                .setParameter("since", now.minus(DAY))
                .getResultList()
                .size();
    }

    private static long plannedOf(String account) {
        return RelayedMessage.count("account = ?1 and state = ?2", account, RelayState.PLANNED);
    }

    /** Messages that cost no gas, but were tried out. */
    private static long refusedOf(String account, Instant now) {
        return RelayedMessage.count(
                "account = ?1 and state <> ?2 and createdAt > ?3 and id not in (select a.messageId from RelayAttempt a)",
                account,
                RelayState.PLANNED,
                now.minus(DAY));
    }
}
