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
 * Accounts are free to make, and so are campaigns that mint nothing: registering data sets, taking seats, and all that is done in such campaigns may use half of it. The rest is for campaigns whose budget
 * governance granted.
 */
@ApplicationScoped
class RelayBudget {

    private static final Duration DAY = Duration.ofDays(1);
    /** How the trouble of messages that wait for the budget begins. */
    private static final String EXHAUSTED = "the day's budget is spent or reserved: ";

    private final EntityManager entities;
    private final ChainConfig.Relayer config;

    RelayBudget(EntityManager entities, ChainConfig config) {
        this.entities = entities;
        this.config = config.relayer();
    }

    /**
     * @param granted whether it is for a campaign with a granted budget
     * @param most wei that a new transaction can cost; replacements are counted, but need no cover
     */
    boolean covers(boolean granted, BigInteger most, Instant now) {
        return scopes(granted).stream()
                .allMatch(scope -> sums(scope.all(), now).counted().add(most).compareTo(scope.limit()) <= 0);
    }

    /** Why no message of a kind is taken in. */
    enum Shortage {
        NONE,
        /** Unmined transactions hold what they can cost at most: they give most of it back when they are mined. */
        RESERVED,
        SPENT
    }

    /** What is left for such messages. Some may wait for what is reserved, not all that come. */
    Shortage shortage(boolean granted, Instant now) {
        boolean full = false;
        boolean reserved = false;
        for (Scope scope : scopes(granted)) {
            final Sums sums = sums(scope.all(), now);
            if (sums.paid().compareTo(scope.limit()) >= 0) {
                return Shortage.SPENT;
            }
            full |= sums.counted().compareTo(scope.limit()) >= 0;
            reserved |= sums.counted().compareTo(sums.paid()) > 0;
        }
        if (full) {
            return Shortage.RESERVED;
        }
        if (waiting(granted) < config.inFlight()) {
            return Shortage.NONE;
        }
        return reserved ? Shortage.RESERVED : Shortage.SPENT;
    }

    /** What to note with a message that the budget does not cover. */
    String trouble(BigInteger most) {
        return EXHAUSTED + "this can cost " + most + " wei, zkml.chain.relayer.daily-budget is " + config.dailyBudget();
    }

    /** Such messages that wait for it. */
    private static long waiting(boolean granted) {
        return RelayedMessage.count(
                "state = ?1 and granted = ?2 and trouble like ?3", RelayState.PLANNED, granted, EXHAUSTED + "%");
    }

    /**
     * @param all whether messages for campaigns with a granted budget count too
     * @param limit wei that these together may cost in a day
     */
    private record Scope(boolean all, BigInteger limit) {}

    private List<Scope> scopes(boolean granted) {
        final Scope all = new Scope(true, config.dailyBudget());
        return granted
                ? List.of(all)
                : List.of(all, new Scope(false, config.dailyBudget().shiftRight(1)));
    }

    /**
     * In wei.
     *
     * @param paid for what is mined
     * @param counted that, and what the others can cost at most
     */
    private record Sums(BigInteger paid, BigInteger counted) {}

    /** Of transactions with the same nonce one is mined at most. */
    private Sums sums(boolean all, Instant now) {
        final Object[] sums = (Object[]) entities.createNativeQuery(
                        "select sum(paid), sum(coalesce(paid, most)) from (select max(a.cost_wei) as paid,"
                                + " max(a.gas_limit * a.max_fee_per_gas) as most"
                                + " from relay_attempt a join relayed_message m on m.id = a.message_id"
                                + " where (a.created_at > :since or (m.state = 'SENT' and m.relayer = a.relayer and m.nonce = a.nonce))"
                                + " and (:all or not m.granted) group by a.relayer, a.nonce) nonces")
                .setParameter("since", now.minus(DAY))
                .setParameter("all", all)
                .getSingleResult();
        return new Sums(wei(sums[0]), wei(sums[1]));
    }

    private static BigInteger wei(Object sum) {
        return sum == null ? BigInteger.ZERO : new BigDecimal(sum.toString()).toBigInteger();
    }
}
