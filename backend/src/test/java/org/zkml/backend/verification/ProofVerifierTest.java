package org.zkml.backend.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.zkml.prover.engine.Relation;

/** How the verifier keeps its share of the machine. What it says about proofs is shown by the API's tests. */
class ProofVerifierTest {

    private static final int THREADS = 2;
    private static final int WAITING = 3;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    @Timeout(60)
    void turnsAwayWhatWouldWaitBeyondItsQueue() throws Exception {
        final ProofVerifier verifier = new ProofVerifier(THREADS, WAITING, metrics);
        final CountDownLatch running = new CountDownLatch(THREADS);
        final CountDownLatch release = new CountDownLatch(1);
        final Relation slow = relation(running, release);
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            final List<Future<?>> admitted = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                admitted.add(requests.submit(() -> verifier.require("TRAIN", slow, null, new byte[0])));
            }
            running.await(10, TimeUnit.SECONDS);
            for (int i = 0; i < WAITING; i++) {
                admitted.add(requests.submit(() -> verifier.require("TRAIN", slow, null, new byte[0])));
            }
            while (verifier.waiting() < WAITING) {
                Thread.onSpinWait();
            }
            assertThrows(VerifierBusyException.class, () -> verifier.require("TRAIN", slow, null, new byte[0]));
            assertEquals(
                    1,
                    metrics.counter("zkml.verification.refused", "relation", "TRAIN")
                            .count());
            release.countDown();
            for (Future<?> request : admitted) {
                final var end = assertThrows(ExecutionException.class, request::get);
                assertInstanceOf(UnprovableStatementException.class, end.getCause());
            }
        }
        verifier.close();
    }

    /** A relation whose verification waits for {@code release}, and then finds that its shape cannot be proved. */
    private static Relation relation(CountDownLatch running, CountDownLatch release) {
        return (Relation) Proxy.newProxyInstance(
                Relation.class.getClassLoader(), new Class<?>[] {Relation.class}, (proxy, method, arguments) -> {
                    running.countDown();
                    release.await(10, TimeUnit.SECONDS);
                    throw new IllegalArgumentException("no such shape");
                });
    }
}
