package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.training.OutOfRangeException.Quantity;

/** Forward passes and scores against big integers, by the formulas of section 5 of docs/proof-system.md. */
class ModelTraceTest {
    private static final BigInteger TWO = BigInteger.TWO;

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void predictsAsBigIntegersDo(int b) {
        FixedPoint format = new FixedPoint(b);
        Random random = new Random(b);
        for (ModelKind kind : ModelKind.values()) {
            int[] activation = ActivationTable.of(kind, b).values();
            for (int lk = 0; lk <= 5; lk++) {
                long[] weights = random.longs(1L << lk, -(1L << format.fw()) / 8, (1L << format.fw()) / 8)
                        .toArray();
                int[] x = random.ints(20L << lk, -format.valueEnd(), format.valueEnd())
                        .toArray();
                if (lk == 0) {
                    x[0] = format.valueEnd() - 1;
                    x[1] = -format.valueEnd();
                }
                assertTraced(format, activation, weights, x);
            }
        }
    }

    private static void assertTraced(FixedPoint format, int[] activation, long[] weights, int[] x) {
        int b = format.b();
        ModelTrace trace = ModelTrace.of(format, activation, weights, x);
        for (int row = 0; row < x.length / weights.length; row++) {
            BigInteger logit = BigInteger.ZERO;
            for (int k = 0; k < weights.length; k++) {
                BigInteger forward = floorOfHalfUp(BigInteger.valueOf(weights[k]), b);
                logit = logit.add(forward.multiply(BigInteger.valueOf(x[k + weights.length * row])));
            }
            BigInteger shifted = logit.add(TWO.pow(2 * b - 1)).add(TWO.pow(b - 1));
            BigInteger[] parts = shifted.divideAndRemainder(TWO.pow(b));
            assertEquals(parts[0].intValueExact(), trace.zi()[row]);
            assertEquals(parts[1].intValueExact(), trace.rem()[row]);
            assertEquals(activation[parts[0].intValueExact()], trace.p()[row]);
            // rounded half up, a logit of -1/2 of the finest unit is 0
            assertEquals(floorOfHalfUp(logit, b).signum() >= 0, trace.saysOne(row, format));
        }
    }

    /** floor((value + 2^{b-1}) / 2^b). */
    private static BigInteger floorOfHalfUp(BigInteger value, int b) {
        return value.add(TWO.pow(b - 1)).shiftRight(b);
    }

    @Test
    void predictsAsTheModelOfTheMetricsDoes() {
        ActivationTable table = ActivationTable.of(ModelKind.LOGISTIC, 16);
        Random random = new Random(3);
        long[] weights = random.longs(8, -(1L << 28), 1L << 28).toArray();
        int[] x = random.ints(8L * 50, -4096, 4096).toArray();
        short[] narrow = new short[x.length];
        for (int i = 0; i < x.length; i++) {
            narrow[i] = (short) x[i];
        }
        int[] predictions =
                ModelTrace.of(table.format(), table.values(), weights, x).p();
        IntegerModel model = new IntegerModel(table, weights);
        for (int row = 0; row < 50; row++) {
            assertEquals(model.predict(narrow, row), predictions[row]);
        }
    }

    @Test
    void scoresAsBigIntegersDo() {
        FixedPoint format = new FixedPoint(16);
        Random random = new Random(4);
        int[] p = random.ints(1000, -32768, 32768).toArray();
        int[] y = random.ints(1000, -32768, 32768).toArray();
        p[0] = 32767;
        y[0] = -32768;
        int[] zi = random.ints(1000, 32768 - 3, 32768 + 3).toArray();
        Arrays.fill(y, 500, 800, 0);
        for (int n : new int[] {1, 2, 600, 1000}) {
            BigInteger sum = BigInteger.ZERO;
            int hits = 0;
            for (int i = 0; i < n; i++) {
                sum = sum.add(BigInteger.valueOf(p[i])
                        .subtract(BigInteger.valueOf(y[i]))
                        .pow(2));
                hits += zi[i] >= 32768 == (y[i] != 0) ? 1 : 0;
            }
            assertEquals(new ExactScore(hits, sum), ExactScore.of(new ModelTrace(zi, zi, p), y, n, format));
        }
    }

    @Test
    void namesWhatIsOutOfRange() {
        FixedPoint format = new FixedPoint(8);
        int[] activation = ActivationTable.of(ModelKind.LINEAR, 8).values();
        long[] weights = {128 << 8, 129 << 8};
        OutOfRangeException logit = assertThrows(
                OutOfRangeException.class,
                () -> ModelTrace.of(format, activation, new long[] {128 << 8, 130 << 8}, new int[] {0, 0, 127, 127}));
        assertEquals(Quantity.PREDICTED_LOGIT, logit.quantity());
        assertEquals(1, logit.index());
        assertEquals(BigInteger.valueOf(127 * 258), logit.value());
        assertEquals(
                "logit of row 1 is 127.99219, outside the provable range from -128.5 to 127.5;"
                        + " the model does not fit this row: clip or rescale its features",
                logit.getMessage());
        // the ends themselves can be proved
        assertEquals(
                255,
                ModelTrace.of(format, activation, weights, new int[] {127, 127}).zi()[0]);
        assertEquals(
                0,
                ModelTrace.of(format, activation, weights, new int[] {-128, -128})
                        .zi()[0]);
        assertEquals(
                "feature 1 of row 1 is 128, not from -128 to 127: clip it",
                refusal(format, activation, weights, new int[] {0, 0, 0, 128}));
        assertTrue(refusal(format, activation, weights, new int[] {-129, 0}).contains("feature 0 of row 0 is -129"));
        long end = format.weightEnd();
        assertTrue(refusal(format, activation, new long[] {0, end}, new int[2])
                .startsWith("weight 1 is " + end + ", not"));
        ModelTrace.of(format, activation, new long[] {format.weightMin(), end - 1}, new int[2]);
        assertTrue(refusal(new FixedPoint(16), activation, new long[1 << 17], new int[1 << 17])
                .startsWith("131072 features with b = 16, at most 2^16"));
    }

    private static String refusal(FixedPoint format, int[] activation, long[] weights, int[] x) {
        return assertThrows(IllegalArgumentException.class, () -> ModelTrace.of(format, activation, weights, x))
                .getMessage();
    }
}
