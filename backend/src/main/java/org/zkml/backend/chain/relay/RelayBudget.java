package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.zkml.backend.chain.ChainConfig;

/**
 * What all instances together spend within 24 hours, in wei: what mined transactions have cost, and what the others can cost at most,
 * however old they are.
 * Accounts are free to make, and so are campaigns that mint nothing: see {@link Purpose}.
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

    /** What messages are for. Each may use what those before it may, and a quarter of the day's budget more, which they cannot take from it. */
    enum Purpose {
        /** Registrations, seats, and all that is done in campaigns whose budget nobody granted: anybody can ask for any number. */
        OPEN_TO_ALL("not m.granted", 2),
        /** Of shares, in campaigns with a granted budget: providers can ask for them without need. */
        PUBLICATIONS("m.granted and m.kind = 'PUBLISH'", 3),
        /** Contributions, answers and claims in such campaigns. */
        OTHERS("m.granted and m.kind <> 'PUBLISH'", 4);

        private final String condition;
        private final int quarters;

        /** @param condition on a row m of relayed_message */
        Purpose(String condition, int quarters) {
            this.condition = condition;
            this.quarters = quarters;
        }

        static Purpose of(RelayedMessage message) {
            if (!message.granted) {
                return OPEN_TO_ALL;
            }
            return message.kind == MessageKind.PUBLISH ? PUBLICATIONS : OTHERS;
        }

        /** This one, and those that may use more. */
        private List<Purpose> andLater() {
            return List.of(values()).subList(ordinal(), values().length);
        }

        /** The condition on messages for this or what is before it. */
        private String upTo() {
            return Arrays.stream(values())
                    .limit(ordinal() + 1L)
                    .map(purpose -> "(" + purpose.condition + ")")
                    .collect(Collectors.joining(" or "));
        }

        /** Wei that all messages up to it may cost in a day. */
        private BigInteger limit(BigInteger dailyBudget) {
            return dailyBudget.multiply(BigInteger.valueOf(quarters)).shiftRight(2);
        }
    }

    /**
     * @param most wei that a new transaction can cost; replacements are counted, but need no cover
     */
    boolean covers(Purpose purpose, BigInteger most, Instant now) {
        return purpose.andLater().stream()
                .allMatch(one -> sums(one, now).counted().add(most).compareTo(one.limit(config.dailyBudget())) <= 0);
    }

    /** Why no message of a kind is taken in. */
    enum Shortage {
        NONE,
        /** Unmined transactions hold what they can cost at most: they give most of it back when they are mined. */
        RESERVED,
        SPENT
    }

    /** What is left for such messages. Some may wait for what is reserved, not all that come. */
    Shortage shortage(Purpose purpose, Instant now) {
        boolean full = false;
        boolean reserved = false;
        for (Purpose one : purpose.andLater()) {
            final Sums sums = sums(one, now);
            final BigInteger limit = one.limit(config.dailyBudget());
            if (sums.paid().compareTo(limit) >= 0) {
                return Shortage.SPENT;
            }
            full |= sums.counted().compareTo(limit) >= 0;
            reserved |= sums.counted().compareTo(sums.paid()) > 0;
        }
        if (full) {
            return Shortage.RESERVED;
        }
        if (waiting(purpose) < config.inFlight()) {
            return Shortage.NONE;
        }
        return reserved ? Shortage.RESERVED : Shortage.SPENT;
    }

    /** What to note with a message that the budget does not cover. */
    String trouble(BigInteger most) {
        return EXHAUSTED + "this can cost " + most + " wei, zkml.chain.relayer.daily-budget is " + config.dailyBudget();
    }

    /** Such messages that wait for it. */
    private long waiting(Purpose purpose) {
        final Number count = (Number) entities.createNativeQuery(
                        "select count(*) from relayed_message m where m.state = 'PLANNED' and m.trouble like :exhausted and "
                                + purpose.condition)
                .setParameter("exhausted", EXHAUSTED + "%")
                .getSingleResult();
        return count.longValue();
    }

    /**
     * In wei.
     *
     * @param paid for what is mined
     * @param counted that, and what the others can cost at most
     */
    private record Sums(BigInteger paid, BigInteger counted) {}

    /** Of transactions with the same nonce one is mined at most. */
    private Sums sums(Purpose purpose, Instant now) {
        final Object[] sums = (Object[]) entities.createNativeQuery(
                        "select sum(paid), sum(coalesce(paid, most)) from (select max(a.cost_wei) as paid,"
                                + " max(a.gas_limit * a.max_fee_per_gas) as most"
                                + " from relay_attempt a join relayed_message m on m.id = a.message_id"
                                + " where (a.created_at > :since or (m.state = 'SENT' and m.relayer = a.relayer and m.nonce = a.nonce))"
                                + " and (" + purpose.upTo() + ") group by a.relayer, a.nonce) nonces")
                .setParameter("since", now.minus(DAY))
                .getSingleResult();
        return new Sums(wei(sums[0]), wei(sums[1]));
    }

    private static BigInteger wei(Object sum) {
        return sum == null ? BigInteger.ZERO : new BigDecimal(sum.toString()).toBigInteger();
    }
}
