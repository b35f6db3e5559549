package org.zkml.prover.poly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;

/** Sums of small integers against the contraction of any elements, up to the largest values that may be taken. */
class SmallContractionTest {

    private static final long SEED = 32;

    /** Weights with the largest limbs, and others. */
    private static FrVector weights(int size, int shape, Random random) {
        final BigInteger[] largest = {
            Fr.MODULUS.subtract(BigInteger.ONE), BigInteger.ONE.shiftLeft(253).subtract(BigInteger.ONE)
        };
        final FrVector weights = FrVector.zeros(size);
        for (int i = 0; i < size; i++) {
            weights.set(i, Scalar.of(shape < largest.length ? largest[shape] : new BigInteger(300, random)));
        }
        return weights;
    }

    /** All values the largest, all the smallest, both in turn, and others. */
    private static int[] values(int size, int largest, int shape, Random random) {
        final int[] values = new int[size];
        Arrays.setAll(values, i -> switch (shape) {
            case 0 -> largest;
            case 1 -> -largest;
            case 2 -> i % 2 == 0 ? largest : -largest;
            default -> (int) random.nextLong(-largest, largest + 1L);
        });
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1, 8, 1",
        "4, 8, 1",
        "8, 1, 1",
        "1, 1, 4",
        "1, 16, 8",
        "4, 16, 8",
        "8, 2, 2",
        "1, 2048, 1",
        "32, 2048, 1",
        "1, 2048, 32",
        "2, 4096, 16",
        "1, 256, 256"
    })
    void equalsTheContractionOfElements(int outer, int middle, int inner) {
        final Random random = new Random(SEED);
        final int largest = Integer.MAX_VALUE / middle;
        try (ForkJoinPool pool = new ForkJoinPool(3)) {
            for (int shape = 0; shape < 12; shape++) {
                final int[] values = values(outer * middle * inner, largest, shape / 3, random);
                final FrVector weights = weights(middle, shape % 3, random);
                assertTrue(SmallContraction.fits(values, middle));
                final FrVector expected = Multilinear.contract(
                        MultilinearPolynomial.of(FrVector.ofSmall(values)),
                        Integer.numberOfTrailingZeros(inner),
                        weights);
                final FrVector actual = pool.submit(() -> SmallContraction.of(values, outer, inner, weights))
                        .join();
                assertArrayEquals(expected.toTable(), actual.toTable());
            }
        }
    }

    /** Both contractions by the definition, with a value that only the one of any elements takes. */
    @Test
    void contractionIsTheSumOfItsProducts() {
        final Random random = new Random(SEED);
        for (int largest : new int[] {1 << 20, Integer.MAX_VALUE}) {
            final int[] values = values(4 * 8 * 2, largest, 3, random);
            values[5] = largest == Integer.MAX_VALUE ? Integer.MIN_VALUE : -largest;
            final FrVector weights = weights(8, 2, random);
            final FrVector out = Multilinear.contract(MultilinearPolynomial.ofSmall(values), 1, weights);
            assertEquals(8, out.size());
            for (int place = 0; place < out.size(); place++) {
                final int start = place / 2 * 16 + place % 2;
                final Scalar expected = IntStream.range(0, 8)
                        .mapToObj(m -> weights.get(m).mul(Scalar.of(values[start + 2 * m])))
                        .reduce(Scalar.ZERO, Scalar::add);
                assertEquals(expected, out.get(place));
            }
        }
    }

    @Test
    void takesNoSumThatMightNotFit() {
        assertTrue(SmallContraction.fits(new int[] {Integer.MAX_VALUE, -Integer.MAX_VALUE}, 1));
        assertFalse(SmallContraction.fits(new int[] {0, Integer.MIN_VALUE}, 1));
        assertFalse(SmallContraction.fits(new int[] {1 << 30, 0}, 2));
        assertFalse(SmallContraction.fits(new int[] {-(1 << 30), 0}, 2));
        assertTrue(SmallContraction.fits(new int[] {(1 << 30) - 1, 0}, 2));
        assertTrue(SmallContraction.fits(new int[] {0}, 1 << 30));
        assertFalse(SmallContraction.fits(new int[] {Integer.MIN_VALUE}, 1 << 30));
    }
}
