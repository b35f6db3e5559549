package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/** Division by parts against schoolbook division. */
class CoefficientsTest {

    /** Around the sizes from which on two and three threads share the work. */
    private static final int[] COUNTS = {1, 2, 3, 1023, 1024, 2047, 2048, 2049, 3071, 3072, 3073, 5001};

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
        Arrays.setAll(p, i -> SCALARS.apply("p " + i));
        final Scalar[] quotient = Univariate.divideByLinear(p, root);
        final Scalar remainder = Univariate.at(p, root);
        final FrVector vector = FrVector.zeros(count + 2); // what lies after the coefficients stays
        for (int i = 0; i < count; i++) {
            vector.set(i, p[i]);
        }
        vector.set(count, Scalar.ONE);
        final long[] montgomery = vector.toTable();
        assertEquals(remainder, Scalar.get(Coefficients.divideByLinear(montgomery, count, root), 0));
        final long[] canonical = vector.toCanonical();
        assertEquals(remainder, Scalar.ofCanonical(Coefficients.divideByLinear(canonical, count, root)));
        for (int i = 0; i < count - 1; i++) {
            assertEquals(quotient[i], Scalar.get(montgomery, i), "coefficient " + i + " of " + count);
            assertEquals(
                    quotient[i], Scalar.ofCanonical(Arrays.copyOfRange(canonical, Fr.LIMBS * i, Fr.LIMBS * (i + 1))));
        }
        assertArrayEquals(
                Arrays.copyOfRange(vector.toTable(), Fr.LIMBS * count, Fr.LIMBS * (count + 2)),
                Arrays.copyOfRange(montgomery, Fr.LIMBS * count, Fr.LIMBS * (count + 2)));
    }
}
