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
    private static final String EXHAUSTED = "the day's budget is spent or reserved: ";

    private static final List<MessageKind> ENTRIES = List.of(MessageKind.REGISTER, MessageKind.JOIN);
    private static final List<MessageKind> ALL = List.of(MessageKind.values());
    private static final List<MessageKind> OF_SEATS =
            ALL.stream().filter(kind -> !ENTRIES.contains(kind)).toList();

    private final EntityManager entities;
    private final ChainConfig.Relayer config;

    RelayBudget(EntityManager entities, ChainConfig config) {
        this.entities = entities;
        this.config = config.relayer();
    }

    /** @param most wei that a new transaction can cost; replacements are counted, but need no cover */
    boolean covers(MessageKind kind, BigInteger most, Instant now) {
        return scopes(kind).stream()
                .allMatch(scope -> sums(scope.kinds(), now).counted().add(most).compareTo(scope.limit()) <= 0);
    }

    /** Why no message of a kind is taken in. */
    enum Shortage {
        NONE,
        /** Unmined transactions hold what they can cost at most: they give most of it back when they are mined. */
        RESERVED,
        SPENT
    }

    /** What is left for messages of this kind. Some may wait for what is reserved, not all that come. */
    Shortage shortage(MessageKind kind, Instant now) {
        boolean full = false;
        boolean reserved = false;
        for (Scope scope : scopes(kind)) {
            final Sums sums = sums(scope.kinds(), now);
            if (sums.paid().compareTo(scope.limit()) >= 0) {
                return Shortage.SPENT;
            }
            full |= sums.counted().compareTo(scope.limit()) >= 0;
            reserved |= sums.counted().compareTo(sums.paid()) > 0;
        }
        if (full) {
            return Shortage.RESERVED;
        }
        if (waiting(kind) < config.inFlight()) {
            return Shortage.NONE;
        }
        return reserved ? Shortage.RESERVED : Shortage.SPENT;
    }

    /** What to note with a message that the budget does not cover. */
    String trouble(BigInteger most) {
        return EXHAUSTED + "this can cost " + most + " wei, zkml.chain.relayer.daily-budget is " + config.dailyBudget();
    }

    /** Messages of this kind's class that wait for it. */
    private static long waiting(MessageKind kind) {
        return RelayedMessage.count(
                "state = ?1 and kind in ?2 and trouble like ?3",
                RelayState.PLANNED,
                ENTRIES.contains(kind) ? ENTRIES : OF_SEATS,
                EXHAUSTED + "%");
    }

    /** @param limit wei that these kinds together may cost in a day */
    private record Scope(List<MessageKind> kinds, BigInteger limit) {}

    private List<Scope> scopes(MessageKind kind) {
        final Scope all = new Scope(ALL, config.dailyBudget());
        return ENTRIES.contains(kind)
                ? List.of(all, new Scope(ENTRIES, config.dailyBudget().shiftRight(1)))
                : List.of(all);
    }

    /**
     * In wei.
     *
     * @param paid for what is mined
     * @param counted that, and what the others can cost at most
     */
    private record Sums(BigInteger paid, BigInteger counted) {}

    /** Of transactions with the same nonce one is mined at most. */
    private Sums sums(List<MessageKind> kinds, Instant now) {
        final Object[] sums = (Object[]) entities.createNativeQuery(
                        "select sum(paid), sum(coalesce(paid, most)) from (select max(a.cost_wei) as paid,"
                                + " max(a.gas_limit * a.max_fee_per_gas) as most"
                                + " from relay_attempt a join relayed_message m on m.id = a.message_id"
                                + " where (a.created_at > :since or (m.state = 'SENT' and m.relayer = a.relayer and m.nonce = a.nonce))"
                                + " and m.kind in (:kinds) group by a.relayer, a.nonce) nonces")
                .setParameter("since", now.minus(DAY))
                .setParameter("kinds", kinds.stream().map(Enum::name).toList())
                .getSingleResult();
        return new Sums(wei(sums[0]), wei(sums[1]));
    }

    private static BigInteger wei(Object sum) {
        return sum == null ? BigInteger.ZERO : new BigDecimal(sum.toString()).toBigInteger();
    }
}
