package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/** Division by segments against schoolbook division. */
class CoefficientsTest {

    /** Around a segment and several of them, in vectors of both forms; the largest is worked on by several threads. */
    private static final int[] COUNTS = {1, 2, 64, 129, 255, 256, 257, 320, 512, 513, 4096, 5001, 4 * 65_536 + 576};

    private static final SeededScalars SCALARS = new SeededScalars("division");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void dividesAsSchoolbooksDo(int threads) {
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            for (int count : COUNTS) {
                for (Scalar root : new Scalar[] {Scalar.ZERO, Scalar.ONE.negate(), SCALARS.apply("root " + count)}) {
                    pool.submit(() -> assertDivides(count, root)).join();
                }
            }
        }
    }

    private static void assertDivides(int count, Scalar root) {
        final Scalar[] p = new Scalar[count];
        p[0] = SCALARS.apply("p " + count);
        for (int i = 1; i < count; i++) {
            p[i] = p[i - 1].square().add(Scalar.ONE);
        }
        final FrVector vector = FrVector.zeros(count);
        for (int i = 0; i < count; i++) {
            vector.set(i, p[i]);
        }
        assertEquals(Univariate.at(p, root), Coefficients.divideByLinear(vector, root));
        final Scalar[] quotient = Arrays.copyOf(Univariate.divideByLinear(p, root), count);
        quotient[count - 1] = Scalar.ZERO;
        for (int i = 0; i < count; i++) {
            assertEquals(quotient[i], vector.get(i), "coefficient " + i + " of " + count);
        }
    }
}
