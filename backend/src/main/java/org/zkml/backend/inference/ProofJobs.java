package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.Ticker;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.inference.MarketMessages;

/**
 * Proves answers: at once for a request that waits, else in turn. An answer belongs to whoever holds the lock of its row, so any number of instances may prove, and what one left
 * behind when it died is taken up by the next.
 */
@ApplicationScoped
public class ProofJobs {

    private static final Logger LOG = Logger.getLogger(ProofJobs.class);
    private static final String DUE = "select * from prediction where proof_state = 'ASKED' and due_at <= :now"
            + " order by due_at limit 1 for update skip locked";
    private static final String THIS =
            "select * from prediction where query_id = :id and proof_state = 'ASKED' for update skip locked";
    /** Requests that wait for a prover, for each of them: others must not find all threads of the server waiting. */
    private static final int WAITING_PER_PROVER = 8;

    private static final int TRANSACTION_SECONDS = 3600;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 6;
    private static final long POLL_MILLIS = 50;

    private final SoldModels models;
    private final SellerConfig config;
    private final EntityManager entities;
    private final Semaphore provers;
    private final Semaphore waitingRoom;
    private final Clock clock = Clock.systemUTC();
    private Ticker ticker;

    ProofJobs(SoldModels models, SellerConfig config, EntityManager entities) {
        this.models = models;
        this.config = config;
        this.entities = entities;
        this.provers = new Semaphore(config.provers(), true);
        this.waitingRoom = new Semaphore(WAITING_PER_PROVER * config.provers());
    }

    void start(@Observes StartupEvent started) {
        if (config.vault().isPresent() && config.proveEvery().isPositive()) {
            ticker = Ticker.start("prover", config.proveEvery(), this::work);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (ticker != null) {
            ticker.close();
        }
    }

    /** Proves all answers that are due. */
    public void work() {
        boolean more = true;
        while (more && provers.tryAcquire()) {
            try {
                more = prove(DUE, "now", clock.instant());
            } finally {
                provers.release();
            }
        }
    }

    /**
     * Proves an answer as soon as a prover is free, or waits until another has proved it.
     *
     * @return the answer as it is then: without its proof, if that took too long, or too many wait already
     */
    Prediction proveNow(String queryId) {
        final long limit = System.nanoTime() + config.synchronousPatience().toNanos();
        final boolean waits = waitingRoom.tryAcquire();
        try {
            Prediction now = read(queryId);
            while (waits && now.proofState != ProofState.PROVED && now.attempts == 0 && System.nanoTime() < limit) {
                proveIfFree(queryId);
                now = read(queryId);
            }
            return now;
        } finally {
            if (waits) {
                waitingRoom.release();
            }
        }
    }

    private static Prediction read(String queryId) {
        return QuarkusTransaction.requiringNew().call(() -> Prediction.findById(queryId));
    }

    private void proveIfFree(String queryId) {
        try {
            if (provers.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                boolean mine = false;
                try {
                    mine = prove(THIS, "id", queryId);
                } finally {
                    provers.release();
                }
                if (!mine) { // another has it
                    Thread.sleep(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the answer is stored, and its proof will be made", e);
        }
    }

    private boolean prove(String selection, String parameter, Object value) {
        return QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).call(() -> {
            final Optional<Prediction> claimed = entities.createNativeQuery(selection, Prediction.class)
                    .setParameter(parameter, value)
                    .getResultStream()
                    .map(Prediction.class::cast)
                    .findFirst();
            claimed.ifPresent(this::prove);
            return claimed.isPresent();
        });
    }

    private void prove(Prediction prediction) {
        final Instant begin = clock.instant();
        prediction.attempts++;
        try {
            final SoldModel sold = models.find(prediction.modelId)
                    .orElseThrow(() -> new IllegalStateException("model " + prediction.modelId + " is not sold here"));
            final MarketMessages messages = models.messages();
            prediction.proof = sold.model()
                    .prove(
                            messages.context(
                                    new BigInteger(1, Hex.parse(models.key().address())),
                                    prediction.modelId,
                                    new BigInteger(1, Hex.parse(prediction.queryId))),
                            prediction.batch(),
                            prediction.answer(),
                            ProverProgress.SILENT);
            prediction.proofState = ProofState.PROVED;
            LOG.infof(
                    "answer proved: pass=%s count=%d rows=%d millis=%d",
                    prediction.passId,
                    prediction.asked,
                    prediction.rowCount,
                    Duration.between(begin, clock.instant()).toMillis());
        } catch (RuntimeException e) {
            final Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(prediction.attempts - 1, MOST_DOUBLINGS));
            prediction.dueAt = clock.instant().plus(pause);
            LOG.errorf(
                    e,
                    "answer not proved, tried again in %s: pass=%s count=%d",
                    pause,
                    prediction.passId,
                    prediction.asked);
        }
    }
}
