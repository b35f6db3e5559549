package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.zkml.backend.chain.ChainConfig;

/**
 * What all instances together spend within 24 hours, in wei: what mined transactions have cost, and what the others can cost at most,
 * however old they are.
 * Accounts are free to make, so registering data sets and taking seats may use half of it: the rest is for those who have a seat.
 */
@ApplicationScoped
class RelayBudget {

    private static final Duration DAY = Duration.ofDays(1);
    /** How the trouble of messages that wait for the budget begins. */
    private static final String EXHAUSTED = "the day's budget is spent: ";

    private static final List<MessageKind> ENTRIES = List.of(MessageKind.REGISTER, MessageKind.JOIN);
    private static final List<MessageKind> ALL = List.of(MessageKind.values());

    private final EntityManager entities;
    private final ChainConfig.Relayer config;

    RelayBudget(EntityManager entities, ChainConfig config) {
        this.entities = entities;
        this.config = config.relayer();
    }

    /** @param most wei that a new transaction can cost; replacements are counted, but need no cover */
    boolean covers(MessageKind kind, BigInteger most, Instant now) {
        final boolean all = spent(ALL, now).add(most).compareTo(config.dailyBudget()) <= 0;
        return all
                && (!ENTRIES.contains(kind)
                        || spent(ENTRIES, now).add(most).shiftLeft(1).compareTo(config.dailyBudget()) <= 0);
    }

    /** What to note with a message that the budget does not cover. */
    String trouble(BigInteger most) {
        return EXHAUSTED + "this can cost " + most + " wei, zkml.chain.relayer.daily-budget is " + config.dailyBudget();
    }

    /** Whether a message of this kind waits for it. */
    boolean isAwaited(MessageKind kind) {
        return RelayedMessage.count(
                        "state = ?1 and kind in ?2 and trouble like ?3",
                        RelayState.PLANNED,
                        ENTRIES.contains(kind) ? ENTRIES : List.of(MessageKind.CONTRIBUTE, MessageKind.CLAIM),
                        EXHAUSTED + "%")
                > 0;
    }

    /** Of transactions with the same nonce one is mined at most. */
    private BigInteger spent(List<MessageKind> kinds, Instant now) {
        final Object sum = entities.createNativeQuery(
                        "select sum(cost) from (select coalesce(max(a.cost_wei), max(a.gas_limit * a.max_fee_per_gas)) as cost"
                                + " from relay_attempt a join relayed_message m on m.id = a.message_id"
                                + " where (a.created_at > :since or (m.state = 'SENT' and m.relayer = a.relayer and m.nonce = a.nonce))"
                                + " and m.kind in (:kinds) group by a.relayer, a.nonce) nonces")
                .setParameter("since", now.minus(DAY))
                .setParameter("kinds", kinds.stream().map(Enum::name).toList())
                .getSingleResult();
        return sum == null ? BigInteger.ZERO : new BigDecimal(sum.toString()).toBigInteger();
    }
}
