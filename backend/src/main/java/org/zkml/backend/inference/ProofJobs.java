package org.zkml.backend.inference;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Ticker;

/** Proves answers: at once for a request that waits, else in turn. */
@ApplicationScoped
public class ProofJobs {

    private static final Logger LOG = Logger.getLogger(ProofJobs.class);
    /** Requests that wait for a prover, for each of them: others must not find all threads of the server waiting. */
    private static final int WAITING_PER_PROVER = 8;

    private static final long POLL_MILLIS = 50;

    private final Function<Prediction, byte[]> prover;
    private final SellerConfig config;
    private final ProofQueue queue;
    private final Semaphore provers;
    private final Semaphore waitingRoom;
    private final Clock clock = Clock.systemUTC();
    private Ticker ticker;

    @Inject
    ProofJobs(AnswerProver prover, SellerConfig config, ProofQueue queue) {
        this(prover::prove, config, queue);
    }

    ProofJobs(Function<Prediction, byte[]> prover, SellerConfig config, ProofQueue queue) {
        this.prover = prover;
        this.config = config;
        this.queue = queue;
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
                more = proveNext();
            } finally {
                provers.release();
            }
        }
    }

    private boolean proveNext() {
        for (String queryId : queue.due(clock.instant())) {
            if (queue.begin(queryId)) {
                prove(queryId);
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until an answer is proved, and proves while it waits.
     *
     * @return the answer as it is then: without its proof, if that took too long, or failed, or too many wait already
     */
    Prediction proveNow(String queryId) {
        final long limit = System.nanoTime() + config.synchronousPatience().toNanos();
        final boolean waits = waitingRoom.tryAcquire();
        try {
            boolean hopeful = waits;
            Prediction now = read(queryId);
            while (hopeful && now.proofState == ProofState.ASKED && System.nanoTime() < limit) {
                hopeful = proveIfFree(queryId);
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

    /**
     * Proves what is due, which need not be this answer: whoever waits has no right to be before others.
     *
     * @return whether this answer may still be proved soon
     */
    private boolean proveIfFree(String queryId) {
        try {
            if (!provers.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
            try {
                if (proveNext()) {
                    return true;
                }
            } finally {
                provers.release();
            }
            if (queue.hasFailed(queryId)) {
                return false;
            }
            Thread.sleep(POLL_MILLIS); // another has it
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; the answer is stored, and its proof will be made", e);
        }
    }

    /** A failure must not keep others from being proved. What it says may be of rows and predictions: it is not logged. */
    private void prove(String queryId) {
        try {
            queue.prove(queryId, prover);
        } catch (RuntimeException e) {
            // Errors come so, such as that memory has run out.
            final Throwable failure =
                    e instanceof QuarkusTransactionException && e.getCause() != null ? e.getCause() : e;
            final StackTraceElement[] trace = failure.getStackTrace();
            LOG.errorf(
                    "answer not proved, tried again later: query=%s error=%s at %s",
                    queryId, failure.getClass().getName(), trace.length == 0 ? "?" : trace[0]);
        }
    }
}
