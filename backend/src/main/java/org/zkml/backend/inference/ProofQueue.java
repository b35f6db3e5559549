package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers to be proved. One belongs to whoever holds the lock of its row, so any number of instances may prove, and what one left behind when it died is taken up by the next. Passes take
 * turns: however much waits of one, another's answer is next.
 */
@ApplicationScoped
class ProofQueue {

    private static final int LAPSED_AT_ONCE = 1000;
    private static final String LOCKED =
            "select * from prediction where query_id = :id and proof_state = :state for update skip locked";
    private static final String OVER = "select query_id from prediction where proof_deadline < :now"
            + " and proof_state in ('NONE', 'ASKED') limit " + LAPSED_AT_ONCE + " for update skip locked";

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
        QuarkusTransaction.requiringNew()
                .run(() -> Prediction.update(
                        "proofState = ?1, dueAt = ?2 where passId = ?3 and proofState = ?4",
                        ProofState.ASKED,
                        clock.instant(),
                        passId,
                        ProofState.NONE));
    }

    /** Has all answers proved whose term ends before a time and that nobody asked a proof of: what is not proved cannot be redeemed. */
    long askForProofsEndingBefore(Instant end) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.update(
                        "proofState = ?1, dueAt = ?2 where proofState = ?3 and proofDeadline < ?4",
                        ProofState.ASKED,
                        clock.instant(),
                        ProofState.NONE,
                        end.getEpochSecond()));
    }

    /** Gives up what was not proved when its term was over at a time; not what is being proved right now. */
    long lapse(Instant now) {
        long all = 0;
        int some;
        do {
            some = QuarkusTransaction.requiringNew().call(() -> lapseSome(now));
            all += some;
        } while (some == LAPSED_AT_ONCE);
        return all;
    }

    private int lapseSome(Instant now) {
        final List<?> over = entities.createNativeQuery(OVER, String.class)
                .setParameter("now", now.getEpochSecond())
                .getResultList();
        return over.isEmpty() ? 0 : Prediction.update("proofState = ?1 where queryId in ?2", ProofState.LAPSED, over);
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
     * @return whether nobody else is at it
     */
    boolean begin(String queryId) {
        final Instant now = clock.instant();
        return QuarkusTransaction.requiringNew().call(() -> {
            final Optional<Prediction> mine = locked(queryId, ProofState.ASKED);
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
