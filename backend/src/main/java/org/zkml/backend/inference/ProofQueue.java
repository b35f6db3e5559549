package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Answers to be proved. One belongs to whoever holds the lock of its row, so any number of instances may prove, and what one left behind when it died is taken up by the next. Passes take
 * turns: however much waits of one, another's answer is next.
 */
@ApplicationScoped
class ProofQueue {

    private static final int LOCKED_AT_ONCE = 1000;
    private static final String LOCKED =
            "select * from prediction where query_id = :id and proof_state = :state for update skip locked";
    private static final String OF_PASS = "p.pass_id = :value and p.proof_state = 'NONE'";
    private static final String ENDING_BEFORE = "p.proof_deadline < :value and p.proof_state = 'NONE'";
    private static final String OVER = "p.proof_state in ('NONE', 'ASKED') and (p.proof_deadline < :value or exists"
            + " (select 1 from prediction q where q.pass_id = p.pass_id and q.proof_state = 'LAPSED' and q.asked < p.asked))";

    /** Enough that others' provers cannot have all of them. */
    private static final int CANDIDATES = 16;

    private static final int TRANSACTION_SECONDS = 3600;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 6;

    private final EntityManager entities;
    private final Clock clock = Clock.systemUTC();

    ProofQueue(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Has an answer proved, if it is not yet. Waits for nobody: who proves an answer holds its lock for seconds.
     *
     * @return the answer as it is then; nothing if there is none
     */
    Optional<Prediction> askForProof(String queryId) {
        final Instant now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> {
            locked(queryId, ProofState.NONE).ifPresent(prediction -> {
                prediction.proofState = ProofState.ASKED;
                prediction.dueAt = now;
            });
            return Prediction.findByIdOptional(queryId);
        });
    }

    /** Has all answers of a pass proved. */
    void askForProofsOf(BigInteger passId) {
        change(ProofState.ASKED, OF_PASS, passId);
    }

    /** Has all answers proved whose term ends before a time and that nobody asked a proof of: what is not proved cannot be redeemed. */
    long askForProofsEndingBefore(Instant end) {
        return change(ProofState.ASKED, ENDING_BEFORE, end.getEpochSecond()).values().stream()
                .mapToLong(count -> count)
                .sum();
    }

    /**
     * Gives up what was not proved when its term was over at a time, and what comes after it with the same pass, which cannot be redeemed; not what is being proved right now.
     *
     * @return how many of each pass
     */
    Map<BigInteger, Integer> lapse(Instant now) {
        return change(ProofState.LAPSED, OVER, now.getEpochSecond());
    }

    /** Of all that no other holds, some in a transaction: who waits for no lock is in nobody's way. The state must be none of the condition's. */
    private Map<BigInteger, Integer> change(ProofState state, String condition, Object value) {
        final Map<BigInteger, Integer> changed = new TreeMap<>();
        List<BigInteger> some;
        do {
            some = QuarkusTransaction.requiringNew().call(() -> changeSome(state, condition, value));
            some.forEach(passId -> changed.merge(passId, 1, Integer::sum));
        } while (!some.isEmpty());
        return changed;
    }

    /** @return the pass of each that was changed */
    private List<BigInteger> changeSome(ProofState state, String condition, Object value) {
        final List<Object[]> locked = entities.createNativeQuery(
                        "select p.query_id, p.pass_id from prediction p where " + condition
                                + " order by p.query_id limit " + LOCKED_AT_ONCE + " for update skip locked",
                        Object[].class)
                .setParameter("value", value)
                .getResultList();
        if (!locked.isEmpty()) {
            Prediction.update(
                    "proofState = ?1, dueAt = ?2 where queryId in ?3",
                    state,
                    clock.instant(),
                    locked.stream().map(row -> row[0]).toList());
        }
        return locked.stream().map(row -> ((BigDecimal) row[1]).toBigInteger()).toList();
    }

    /** Answers that are not proved and still may be. */
    long unproved() {
        return QuarkusTransaction.joiningExisting()
                .call(() -> Prediction.count("proofState in (?1, ?2)", ProofState.NONE, ProofState.ASKED));
    }

    /** Passes that have such answers. */
    long passesUnproved() {
        return QuarkusTransaction.joiningExisting()
                .call(() -> entities.createQuery(
                                "select count(distinct p.passId) from Prediction p where p.proofState in (:none, :asked)",
                                Long.class)
                        .setParameter("none", ProofState.NONE)
                        .setParameter("asked", ProofState.ASKED)
                        .getSingleResult());
    }

    /** What may be tried now, in this order: of the pass that waits longest, the lowest count. */
    List<String> due(Instant now) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createQuery(
                                "select p.queryId from Prediction p join PassUse u on u.passId = p.passId"
                                        + " where p.proofState = :asked and p.dueAt <= :now and p.proofDeadline >= :second"
                                        + " order by u.proofBegunAt, u.passId, p.asked",
                                String.class)
                        .setParameter("asked", ProofState.ASKED)
                        .setParameter("now", now)
                        .setParameter("second", now.getEpochSecond())
                        .setMaxResults(CANDIDATES)
                        .getResultList());
    }

    /**
     * Counts an attempt, for good: whatever it ends with, even with the process, others are next.
     *
     * @return whether it is due, and nobody else is at it
     */
    boolean begin(String queryId) {
        final Instant now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> {
            // Another may have begun it since it was due.
            final Optional<Prediction> mine =
                    locked(queryId, ProofState.ASKED).filter(prediction -> !prediction.dueAt.isAfter(now));
            mine.ifPresent(prediction -> {
                prediction.dueAt =
                        now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(prediction.attempts, MOST_DOUBLINGS)));
                prediction.attempts++;
                PassUse.locked(prediction.passId).proofBegunAt = now;
            });
            return mine.isPresent();
        });
    }

    /** Whether an answer was tried, is not proved, and nobody is at it. */
    boolean hasFailed(String queryId) {
        return QuarkusTransaction.requiringNew()
                .call(() -> locked(queryId, ProofState.ASKED)
                        .filter(prediction -> prediction.attempts > 0)
                        .isPresent());
    }

    /** Proves an answer that was begun, unless another is at it, and makes what follows from it redeemable. What the prover throws is passed on, and changes nothing. */
    void prove(String queryId, Function<Prediction, byte[]> prover) {
        QuarkusTransaction.requiringNew()
                .timeout(TRANSACTION_SECONDS)
                .run(() -> locked(queryId, ProofState.ASKED).ifPresent(prediction -> {
                    prediction.proof = prover.apply(prediction);
                    prediction.proofState = ProofState.PROVED;
                    advance(PassUse.locked(prediction.passId));
                }));
    }

    private Optional<Prediction> locked(String queryId, ProofState state) {
        return entities.createNativeQuery(LOCKED, Prediction.class)
                .setParameter("id", queryId)
                .setParameter("state", state.name())
                .getResultStream()
                .map(Prediction.class::cast)
                .findFirst();
    }

    /** To the last answer before the first that is not proved, which comes at once after what was redeemable, unless that has just been proved. */
    private void advance(PassUse use) {
        final long end =
                asked(use, "p.proofState <> :proved", Long.MAX_VALUE, "asc").orElse(Long.MAX_VALUE);
        use.redeemable = asked(use, "p.proofState = :proved", end, "desc").orElse(use.redeemable);
    }

    private Optional<Long> asked(PassUse use, String condition, long end, String order) {
        return entities.createQuery(
                        "select p.asked from Prediction p where p.passId = :pass and p.asked > :begin and p.asked < :end"
                                + " and " + condition + " order by p.asked " + order,
                        Long.class)
                .setParameter("pass", use.passId)
                .setParameter("begin", use.redeemable)
                .setParameter("end", end)
                .setParameter("proved", ProofState.PROVED)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }
}
