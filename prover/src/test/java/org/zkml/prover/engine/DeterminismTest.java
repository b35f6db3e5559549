package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.Instance;
import org.zkml.prover.relation.TrainInstance;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/** Given its randomness, a proof does not depend on the number of threads. */
class DeterminismTest {

    private static final KnownSetup SETUP = KnownSetup.of(14);

    /** Large enough that every loop is split: columns of 2^14 values. */
    private static final Instance INSTANCE =
            TrainInstance.random(new TrainingShape(1, 10, 3, 4, 13, 10), ModelKind.LOGISTIC, 2000, 3, SETUP);

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void anyNumberOfThreadsWritesTheSameBytes(int threads) {
        assertArrayEquals(prove(1), prove(threads));
    }

    static byte[] prove(int threads) {
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            return pool.submit(() -> UncheckedProver.proveTruly(
                            INSTANCE.relation(), INSTANCE.witness(), SETUP.committer(), new SeededScalars("threads")))
                    .join();
        }
    }
}
