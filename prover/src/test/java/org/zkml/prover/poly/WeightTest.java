package org.zkml.prover.poly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/** The prover's tables are what the verifier evaluates, in sizes below and above what goes on lanes and in chunks. */
class WeightTest {

    private static final long SEED = 7;

    private static Scalar[] point(String name, int numVars) {
        final SeededScalars scalars = new SeededScalars(name);
        return IntStream.range(0, numVars)
                .mapToObj(k -> scalars.apply(Integer.toString(k)))
                .toArray(Scalar[]::new);
    }

    /** eq(p, x) by its definition, at a corner of the cube. */
    private static Scalar eq(Scalar[] p, long x) {
        Scalar product = Scalar.ONE;
        for (int k = 0; k < p.length; k++) {
            product = product.mul((x >> k & 1) == 1 ? p[k] : Scalar.ONE.sub(p[k]));
        }
        return product;
    }

    /** Entry by entry, and the sum of the table against eq at a point. */
    private static void assertIs(Weight weight, int numVars, IntFunction<Scalar> definition) {
        assertEquals(numVars, weight.numVars());
        final long[] table = weight.table().toTable();
        final Scalar[] u = point("u", numVars);
        Scalar atU = Scalar.ZERO;
        for (int x = 0; x < 1 << numVars; x++) {
            assertEquals(definition.apply(x), Scalar.get(table, x), "entry " + x + " of " + weight);
            atU = atU.add(Scalar.get(table, x).mul(eq(u, x)));
        }
        assertEquals(atU, weight.evaluate(u), () -> weight + " at a point");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 6, 7, 8, 9, 10})
    void tablesAreWhatIsEvaluated(int numVars) {
        final int size = 1 << numVars;
        final Scalar[] p = point("p", numVars);
        assertIs(Weight.eq(p), numVars, x -> eq(p, x));
        assertIs(Weight.ones(numVars), numVars, x -> Scalar.ONE);
        assertIs(Weight.successor(p), numVars, x -> x == 0 ? Scalar.ZERO : eq(p, x - 1));
        final Scalar[] values = point("values", size);
        assertIs(Weight.dense(values), numVars, x -> values[x]);
        for (int n : new int[] {0, 1, size / 2, size / 2 + 1, size - 1, size}) {
            assertIs(Weight.eqBelow(n, p), numVars, x -> x < n ? eq(p, x) : Scalar.ZERO);
        }
        for (int index : new int[] {0, size / 3, size - 1}) {
            assertIs(Weight.unit(numVars, index), numVars, x -> x == index ? Scalar.ONE : Scalar.ZERO);
        }
    }

    /** Products of weights of all kinds of sizes, the lower ones below and above a chunk. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 8, 9})
    void tensorsAreProducts(int low) {
        for (int high : new int[] {0, 1, 3, 6}) {
            final Scalar[] p = point("low", low);
            final Scalar[] q = point("high", high);
            final int mask = (1 << low) - 1;
            assertIs(
                    Weight.tensor(Weight.eq(p), Weight.successor(q)),
                    low + high,
                    x -> x >> low == 0 ? Scalar.ZERO : eq(p, x & mask).mul(eq(q, (x >> low) - 1)));
            final int half = (1 << high) / 2;
            assertIs(
                    Weight.tensor(Weight.dense(Scalar.of(3)), Weight.ones(low), Weight.eqBelow(half, q)),
                    low + high,
                    x -> x >> low < half ? Scalar.of(3).mul(eq(q, x >> low)) : Scalar.ZERO);
        }
    }

    @Test
    void theTensorOfNothingIsOne() {
        assertIs(Weight.tensor(), 0, x -> Scalar.ONE);
    }

    @Test
    void polynomialsEvaluateToTheSumOfTheirTableAgainstEq() {
        final Random random = new Random(SEED);
        for (int numVars = 0; numVars <= 10; numVars++) {
            final int[] values = random.ints(1L << numVars).toArray();
            final Scalar[] u = point("u", numVars);
            final Scalar expected = IntStream.range(0, values.length)
                    .mapToObj(x -> eq(u, x).mul(Scalar.of(values[x])))
                    .reduce(Scalar.ZERO, Scalar::add);
            final MultilinearPolynomial small = MultilinearPolynomial.ofSmall(values);
            assertEquals(expected, small.evaluate(u));
            assertEquals(expected, MultilinearPolynomial.of(small.toVector()).evaluate(u));
            assertEquals(
                    expected,
                    MultilinearPolynomial.ofLongs(
                                    Arrays.stream(values).asLongStream().toArray())
                            .evaluate(u));
        }
    }
}
