package org.zkml.backend.verification;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verifier;

/** Verifies proofs on threads of its own, as many at a time as there are processors, and turns away what it could only queue up. */
@ApplicationScoped
public class ProofVerifier {

    private final ThreadPoolExecutor threads;
    private final MeterRegistry metrics;

    @Inject
    ProofVerifier(VerificationConfig config, MeterRegistry metrics) {
        this(config.threads().orElse(Runtime.getRuntime().availableProcessors()), config.waiting(), metrics);
    }

    ProofVerifier(int count, int waiting, MeterRegistry metrics) {
        final BlockingQueue<Runnable> queue =
                waiting == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(waiting);
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                queue,
                Thread.ofPlatform().daemon().name("verifier-", 0).factory());
        this.metrics = metrics;
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }

    /**
     * Waits for the verdict.
     *
     * @param kind the relation's name, for metrics
     * @throws ProofRejectedException if the proof is false
     * @throws MalformedBytesException if it is no proof of the statement's shape
     * @throws UnprovableStatementException if there can be no proof of the statement's shape
     * @throws VerifierBusyException if too many wait already
     */
    public void require(String kind, Relation relation, VerifierKey key, byte[] proof) {
        final Future<Verification> verdict;
        try {
            verdict = threads.submit(() -> verify(kind, relation, key, proof));
        } catch (RejectedExecutionException e) {
            metrics.counter("zkml.verification.refused", "relation", kind).increment();
            throw new VerifierBusyException(waiting(), e);
        }
        if (await(verdict) instanceof Verification.Rejected rejected) {
            throw new ProofRejectedException(rejected);
        }
    }

    private Verification verify(String kind, Relation relation, VerifierKey key, byte[] proof)
            throws MalformedProofException {
        final Timer.Sample sample = Timer.start(metrics);
        String outcome = "malformed";
        try {
            final Verification verdict = Verifier.verify(relation, key, proof);
            outcome = verdict.accepted() ? "accepted" : "rejected";
            return verdict;
        } finally {
            sample.stop(metrics.timer("zkml.verification", "relation", kind, "outcome", outcome));
        }
    }

    /** Proofs that wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    private static Verification await(Future<Verification> verdict) {
        try {
            return verdict.get();
        } catch (InterruptedException e) {
            verdict.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a proof was verified", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case MalformedProofException malformed -> new MalformedBytesException(malformed);
                case IllegalArgumentException unprovable -> new UnprovableStatementException(unprovable);
                default -> new IllegalStateException("the verifier failed", e.getCause());
            };
        }
    }
}
