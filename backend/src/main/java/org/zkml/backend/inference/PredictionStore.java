package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.prover.inference.Query;

/** Charges counts and keeps answers: in one transaction, so that a count is charged if and only if its one answer is there, whatever is lost afterwards. */
@ApplicationScoped
class PredictionStore {

    private final EntityManager entities;
    private final ProofQueue queue;
    private final SellerConfig config;
    private final Clock clock = Clock.systemUTC();

    PredictionStore(EntityManager entities, ProofQueue queue, SellerConfig config) {
        this.entities = entities;
        this.queue = queue;
        this.config = config;
    }

    /** @param created whether it was not there before */
    record Stored(Prediction prediction, boolean created) {}

    /**
     * The answer to the same count and inputs, if there is one.
     *
     * @throws InputsRejectedException if the inputs were refused before
     * @throws CountConflictException if the count was used for others
     * @throws PassRejectedException if the pass's number was another one's
     */
    Optional<Prediction> find(SoldPass pass, Query query) {
        return QuarkusTransaction.requiringNew().call(() -> PassUse.of(pass).flatMap(use -> earlier(query, use.used)));
    }

    /**
     * As {@link #find}; and if there is none, whether one may be made, as far as is known now.
     *
     * @throws InputsRejectedException if the inputs were refused before
     * @throws PassRejectedException if the pass's number was another one's, too many of its queries were refused, or an answer was not proved in time
     * @throws CountConflictException if the count was used for others, or does not come next
     * @throws ProofsWaitingException if too many answers of the pass, or of all, are not proved
     */
    Optional<Prediction> findOrRequireNext(SoldPass pass, Query query, int rows) {
        return withRoom(pass, () -> {
            // Before the answer is looked for: a count that is charged meanwhile has its answer by then.
            final Optional<PassUse> use = PassUse.of(pass);
            final long used = use.map(known -> known.used).orElse(pass.redeemed());
            final Optional<Prediction> earlier = earlier(query, used);
            if (earlier.isEmpty()) {
                requireAnswerable(pass);
                requireNext(query, used, rows);
                requireRoom(pass);
            }
            return earlier;
        });
    }

    private static Optional<Prediction> earlier(Query query, long used) {
        final Optional<Prediction> answered =
                Prediction.of(query.passId(), query.count()).map(stored -> requireSameInputs(stored, query, used));
        if (answered.isEmpty()) {
            Refusal.of(query).ifPresent(refusal -> {
                throw InputsRejectedException.outOfRange(refusal.row);
            });
        }
        return answered;
    }

    /**
     * Charges the count and keeps the answer, unless another request was first: then that one's answer is returned. Refusals are those of {@link #findOrRequireNext}, and final.
     */
    Stored store(SoldPass pass, Query query, Prediction made) {
        return withRoom(pass, () -> {
            final PassUse use = locked(pass);
            final Optional<Prediction> earlier = earlier(query, use.used);
            if (earlier.isPresent()) {
                return new Stored(earlier.get(), false);
            }
            requireAnswerable(pass);
            requireNext(query, use.used, made.rowCount);
            requireRoom(pass);
            use.used = query.count();
            made.answeredAt = clock.instant();
            made.persist();
            return new Stored(made, true);
        });
    }

    /**
     * Keeps that a query is refused because of a row's logit, once for the same inputs. Only then may be told which row it is.
     *
     * @param row from 0
     * @throws PassRejectedException if the pass had as many as it may have, or its number was another one's
     */
    void refuse(SoldPass pass, Query query, int row) {
        QuarkusTransaction.requiringNew().run(() -> {
            locked(pass);
            if (Refusal.of(query).isEmpty()) {
                Refusal.requireFew(pass.id());
                Refusal.of(query, row).persist();
            }
        });
    }

    private PassUse locked(SoldPass pass) {
        entities.createNativeQuery(
                        "insert into pass_use (pass_id, model_id, session_key, market, used, redeemable, proof_begun_at)"
                                + " values (:pass, :model, :key, :market, :used, 0, :never) on conflict do nothing")
                .setParameter("pass", pass.id())
                .setParameter("model", pass.modelId())
                .setParameter("key", pass.sessionKey())
                .setParameter("market", pass.market())
                .setParameter("used", pass.redeemed())
                .setParameter("never", Instant.EPOCH)
                .executeUpdate();
        return PassUse.locked(pass.id()).requireOf(pass);
    }

    /** An answer to a pass; nothing if there is none. */
    Optional<Prediction> get(String queryId) {
        return QuarkusTransaction.requiringNew().call(() -> Prediction.findByIdOptional(queryId));
    }

    /** @throws PassRejectedException if the pass's number was another one's */
    void requireOf(SoldPass pass) {
        QuarkusTransaction.requiringNew().run(() -> PassUse.of(pass));
    }

    /** When there is no room, everything of the pass is proved: else who wants no proofs could not ask on. */
    private <T> T withRoom(SoldPass pass, Supplier<T> work) {
        try {
            return QuarkusTransaction.requiringNew().call(work::get);
        } catch (ProofsWaitingException e) {
            queue.askForProofsOf(pass.id());
            throw e;
        }
    }

    private static void requireAnswerable(SoldPass pass) {
        Refusal.requireFew(pass.id());
        if (Prediction.count("passId = ?1 and proofState = ?2", pass.id(), ProofState.LAPSED) > 0) {
            throw PassRejectedException.proofsLapsed(pass.id());
        }
    }

    private void requireRoom(SoldPass pass) {
        final long unproved = Prediction.count(
                "passId = ?1 and proofState in (?2, ?3)", pass.id(), ProofState.NONE, ProofState.ASKED);
        if (unproved >= config.maxUnprovedPerPass()) {
            throw ProofsWaitingException.ofPass(pass.id(), unproved);
        }
        final long all = queue.unproved();
        if (all >= config.maxUnproved() && unproved * queue.passesUnproved() >= config.maxUnproved()) {
            throw ProofsWaitingException.ofAll(pass.id(), unproved, all);
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
