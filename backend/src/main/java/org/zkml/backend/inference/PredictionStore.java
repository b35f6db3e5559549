package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.prover.inference.Query;

/** Charges counts and keeps answers: in one transaction, so that a count is charged if and only if its one answer is there, whatever is lost afterwards. */
@ApplicationScoped
class PredictionStore {

    private final EntityManager entities;
    private final SellerConfig config;
    private final Clock clock = Clock.systemUTC();

    PredictionStore(EntityManager entities, SellerConfig config) {
        this.entities = entities;
        this.config = config;
    }

    /** @param created whether it was not there before */
    record Stored(Prediction prediction, boolean created) {}

    /**
     * The answer to the same count and inputs, if there is one.
     *
     * @throws CountConflictException if the count was used for others
     */
    Optional<Prediction> find(Query query) {
        return QuarkusTransaction.requiringNew().call(() -> answered(query));
    }

    /**
     * As {@link #find}; and if there is none, whether the count comes next, as far as is known now.
     *
     * @throws CountConflictException if the count was used for others, or does not come next
     */
    Optional<Prediction> findOrRequireNext(SoldPass pass, Query query, int rows) {
        return QuarkusTransaction.requiringNew().call(() -> {
            // Before the answer is looked for: a count that is charged meanwhile has its answer by then.
            final PassUse use = PassUse.findById(query.passId());
            final Optional<Prediction> earlier = answered(query);
            if (earlier.isEmpty()) {
                requireNext(query, use == null ? pass.redeemed() : use.used, rows);
            }
            return earlier;
        });
    }

    private static Optional<Prediction> answered(Query query) {
        return Prediction.of(query.passId(), query.count())
                .map(stored -> requireSameInputs(stored, query, stored.asked));
    }

    /**
     * Charges the count and keeps the answer, unless another request was first: then that one's answer is returned.
     *
     * @throws CountConflictException if the count does not come next, or was used for other inputs
     * @throws ProofsWaitingException if a proof is asked for and too many are waited for
     */
    Stored store(SoldPass pass, Query query, Prediction made) {
        return QuarkusTransaction.requiringNew().call(() -> {
            entities.createNativeQuery("insert into pass_use (pass_id, model_id, used) values (:pass, :model, :used)"
                            + " on conflict do nothing")
                    .setParameter("pass", pass.id())
                    .setParameter("model", pass.modelId())
                    .setParameter("used", pass.redeemed())
                    .executeUpdate();
            final PassUse use = PassUse.locked(pass.id());
            final Optional<Prediction> earlier = Prediction.of(query.passId(), query.count());
            if (earlier.isPresent()) {
                return new Stored(requireSameInputs(earlier.get(), query, use.used), false);
            }
            requireNext(query, use.used, made.rowCount);
            if (made.proofState == ProofState.ASKED) {
                requireRoom();
            }
            use.used = query.count();
            made.answeredAt = clock.instant();
            made.persist();
            return new Stored(made, true);
        });
    }

    /**
     * Has an answer proved, if it is not yet.
     *
     * @throws ProofTermOverException if the receipt's term is over
     * @throws ProofsWaitingException if too many are waited for
     */
    Optional<Prediction> askForProof(String queryId, long now) {
        return QuarkusTransaction.requiringNew().call(() -> {
            final Optional<Prediction> found = Prediction.findByIdOptional(queryId, LockModeType.PESSIMISTIC_WRITE);
            found.filter(prediction -> prediction.proofState == ProofState.NONE).ifPresent(prediction -> {
                if (!prediction.kept() || prediction.proofDeadline < now) {
                    throw new ProofTermOverException(prediction);
                }
                requireRoom();
                prediction.proofState = ProofState.ASKED;
                prediction.dueAt = clock.instant();
            });
            return found;
        });
    }

    Optional<Prediction> get(String queryId) {
        return QuarkusTransaction.requiringNew().call(() -> Prediction.findByIdOptional(queryId));
    }

    /** Has all answers proved whose term ends before a time and that nobody asked a proof of: what is not proved cannot be redeemed. */
    long proveAllEndingBefore(Instant end) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.update(
                        "proofState = ?1, dueAt = ?2 where proofState = ?3 and proofDeadline < ?4",
                        ProofState.ASKED,
                        clock.instant(),
                        ProofState.NONE,
                        end.getEpochSecond()));
    }

    /** Forgets what is secret of proved answers whose term was over at a time. */
    long forget(Instant now) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Prediction.update(
                        "salt = null, inputs = null, answer = null, blinderX = null, blinderP = null, proof = null"
                                + " where proofDeadline < ?1 and answer is not null and proofState = ?2",
                        now.getEpochSecond(),
                        ProofState.PROVED));
    }

    private void requireRoom() {
        final long waiting = Prediction.count("proofState", ProofState.ASKED);
        if (waiting >= config.waiting()) {
            throw new ProofsWaitingException(waiting);
        }
    }

    private static Prediction requireSameInputs(Prediction stored, Query query, long used) {
        if (!stored.inputsHash.equals(Hex.of(query.inputsHash()))) {
            throw CountConflictException.otherInputs(query.passId(), query.count(), used);
        }
        return stored;
    }

    private static void requireNext(Query query, long used, int rows) {
        if (query.count() != used + rows) {
            throw CountConflictException.notNext(query.passId(), query.count(), used, rows);
        }
    }
}
