package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.AggregateInstance;
import org.zkml.prover.relation.EvaluateInstance;
import org.zkml.prover.relation.InferInstance;
import org.zkml.prover.relation.Instance;
import org.zkml.prover.relation.TrainInstance;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/** Given its randomness, a proof does not depend on the number of threads. */
class DeterminismTest {

    private static final KnownSetup SETUP = KnownSetup.of(14);

    /** Large enough that every loop is split: columns of 2^14 values. */
    enum Case {
        TRAIN(TrainInstance.random(new TrainingShape(1, 10, 3, 4, 13, 10), ModelKind.LOGISTIC, 2000, 3, SETUP)),
        AGGREGATE(AggregateInstance.random(new AggregateInstance.Shape(11, 10, 2000), 3, SETUP)),
        INFER(InferInstance.random(new InferInstance.Shape(11, 3, 10, ModelKind.LOGISTIC), 3, SETUP)),
        EVALUATE(EvaluateInstance.random(new EvaluateInstance.Shape(11, 3, 10, 2000, ModelKind.LOGISTIC), 3, SETUP));

        private final Instance instance;

        Case(Instance instance) {
            this.instance = instance;
        }

        byte[] prove(int threads) {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                return pool.submit(() -> UncheckedProver.proveTruly(
                                instance.relation(),
                                instance.witness(),
                                SETUP.committer(),
                                new SeededScalars("threads")))
                        .join();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyNumberOfThreadsWritesTheSameBytes(Case c) {
        final byte[] proof = c.prove(1);
        for (int threads : new int[] {2, 4}) {
            assertArrayEquals(proof, c.prove(threads));
        }
    }
}
