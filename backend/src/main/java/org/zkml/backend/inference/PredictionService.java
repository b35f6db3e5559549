package org.zkml.backend.inference;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.AccountKey;
import org.zkml.backend.chain.InferenceContracts.SoldPass;
import org.zkml.backend.chain.Signatures;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.inference.Answer;
import org.zkml.prover.inference.AnswerReceipt;
import org.zkml.prover.inference.Query;
import org.zkml.prover.inference.QueryBatch;
import org.zkml.prover.training.OutOfRangeException;

/** Answers queries: each count of a pass once, whatever is repeated or comes at the same time. */
@ApplicationScoped
public class PredictionService {

    /** After a pass's term: what is proved by then can be redeemed for a day, before anybody can close the pass. */
    private static final long PROOF_GRACE_SECONDS =
            PassService.GRACE_SECONDS - Duration.ofDays(1).toSeconds();

    private static final Logger LOG = Logger.getLogger(PredictionService.class);

    private final SoldModels models;
    private final SoldPasses passes;
    private final PredictionStore store;
    private final ProofQueue queue;
    private final ProofJobs jobs;
    private final SellerConfig config;
    private final PassTurns turns = new PassTurns();
    private final Clock clock = Clock.systemUTC();

    PredictionService(
            SoldModels models,
            SoldPasses passes,
            PredictionStore store,
            ProofQueue queue,
            ProofJobs jobs,
            SellerConfig config) {
        this.models = models;
        this.passes = passes;
        this.store = store;
        this.queue = queue;
        this.jobs = jobs;
        this.config = config;
    }

    /**
     * A query as it comes in.
     *
     * @param count rows asked with the pass, these included
     * @param rows objects by feature, or lists in the schema's order
     * @param signature of the pass's session key
     * @param proofLater whether a receipt is enough for now
     */
    public record Request(
            BigInteger modelId,
            BigInteger passId,
            long count,
            BigInteger deadline,
            byte[] salt,
            JsonNode rows,
            byte[] signature,
            boolean proofLater) {}

    /**
     * An answer for whoever asked.
     *
     * @param table what its values mean
     * @param created whether it is new
     */
    public record Answered(Prediction prediction, ActivationTable table, boolean created) {}

    /**
     * Answers. The same count and inputs again get the same answer, and inputs that were refused the same refusal, also when the pass is over.
     *
     * @return nothing if the instance does not sell this model
     * @throws NotSellingException if it sells none
     * @throws InputsRejectedException naming row and field
     * @throws org.zkml.backend.chain.SignatureRejectedException if the session key has not signed the query for this market and chain
     * @throws PassRejectedException if the pass does not permit it
     * @throws CountConflictException if the count is none that comes next
     * @throws ProofTermOverException if it was answered so long ago that the answer is deleted
     * @throws PassBusyException if too many of the pass come at the same time
     * @throws ProofsWaitingException if too many answers of the pass, or of all, are not proved
     */
    public Optional<Answered> ask(Request request) {
        return models.find(request.modelId()).map(sold -> ask(sold, request));
    }

    private Answered ask(SoldModel sold, Request request) {
        final QueryBatch batch = new QueryRows(sold.schema()).read(request.rows(), sold.maxRows(), request.salt());
        final Query query =
                new Query(request.modelId(), request.passId(), request.count(), batch.inputsHash(), request.deadline());
        final SoldPass pass = passes.get(request.passId());
        final byte[] digest = models.messages().query(query);
        Signatures.requireKey(pass.sessionKey(), digest, request.signature());
        final Optional<Prediction> earlier = store.find(pass, query);
        if (earlier.isPresent()) {
            return new Answered(requireShown(earlier.get()), sold.table(), false);
        }
        passes.requirePermitted(pass, query, models.key().address());
        final PredictionStore.Stored stored =
                turns.take(pass.id(), () -> answerNext(sold, pass, query, digest, batch, request));
        final Prediction prediction =
                waitsForProof(stored.prediction()) ? jobs.proveNow(stored.prediction().queryId) : stored.prediction();
        return new Answered(prediction, sold.table(), stored.created());
    }

    private PredictionStore.Stored answerNext(
            SoldModel sold, SoldPass pass, Query query, byte[] digest, QueryBatch batch, Request request) {
        final Optional<Prediction> earlier = store.findOrRequireNext(pass, query, batch.rows());
        if (earlier.isPresent()) {
            return new PredictionStore.Stored(requireShown(earlier.get()), false);
        }
        final PredictionStore.Stored stored =
                store.store(pass, query, answer(sold, pass, query, digest, batch, request));
        if (stored.created()) {
            LOG.infof(
                    "answered: model=%s pass=%s count=%d rows=%d",
                    query.modelId(), query.passId(), query.count(), batch.rows());
        }
        return stored;
    }

    private Prediction requireShown(Prediction prediction) {
        if (!prediction.isShown(clock.instant())) {
            throw new ProofTermOverException(prediction);
        }
        return prediction;
    }

    private static Prediction requireNotLapsed(Prediction prediction) {
        if (prediction.proofState == ProofState.LAPSED) {
            throw PassRejectedException.proofsLapsed(prediction.passId);
        }
        return prediction;
    }

    private boolean waitsForProof(Prediction prediction) {
        return prediction.proofState == ProofState.ASKED && prediction.rowCount <= config.synchronousRows();
    }

    private Prediction answer(
            SoldModel sold, SoldPass pass, Query query, byte[] digest, QueryBatch batch, Request request) {
        final Answer answer;
        try {
            answer = sold.model().answer(batch);
        } catch (OutOfRangeException e) {
            store.refuse(pass, query, e.index());
            throw InputsRejectedException.outOfRange(e.index());
        }
        final AccountKey key = models.key();
        final long proofTermEnd = clock.instant().plus(config.proofTerm()).getEpochSecond();
        final BigInteger proofDeadline =
                BigInteger.valueOf(Math.min(proofTermEnd, pass.termEnd() + PROOF_GRACE_SECONDS));
        final AnswerReceipt receipt =
                AnswerReceipt.of(query, new BigInteger(1, digest), sold.version(), answer, proofDeadline);
        final Prediction made = Prediction.of(
                query,
                request.signature(),
                batch,
                receipt,
                key.sign(models.messages().receipt(receipt)),
                answer);
        made.proofState = request.proofLater() ? ProofState.NONE : ProofState.ASKED;
        made.dueAt = clock.instant();
        return made;
    }

    /**
     * An answer, for whoever has the session key's permission.
     *
     * @return nothing if there is none, or its term is over
     * @throws org.zkml.backend.chain.SignatureRejectedException if the session key does not permit it, or no longer
     * @throws PassRejectedException if the answer was for another pass of this number
     */
    public Optional<Answered> get(String queryId, ReadingPermission permission) {
        return store.get(queryId)
                .map(prediction -> permitted(prediction, permission))
                .flatMap(this::shown);
    }

    /**
     * Has an answer proved afterwards. Refusals are those of {@link #get}, and
     *
     * @throws ProofTermOverException if it cannot be proved any more
     * @throws PassRejectedException if it will not be proved, since an earlier answer of the pass was not in time
     */
    public Optional<Answered> askForProof(String queryId, ReadingPermission permission) {
        return store.get(queryId)
                .map(prediction -> requireShown(permitted(prediction, permission)))
                .flatMap(prediction -> queue.askForProof(queryId))
                .map(PredictionService::requireNotLapsed)
                .flatMap(this::shown);
    }

    private Optional<Answered> shown(Prediction prediction) {
        return models.find(prediction.modelId)
                .filter(sold -> prediction.isShown(clock.instant()))
                .map(sold -> new Answered(prediction, sold.table(), false));
    }

    private Prediction permitted(Prediction prediction, ReadingPermission permission) {
        final SoldPass pass = passes.get(prediction.passId);
        final byte[] digest = models.messages().reading(pass.id(), permission.deadline());
        permission.require(pass.sessionKey(), digest, clock.instant());
        store.requireOf(pass);
        return prediction;
    }
}
