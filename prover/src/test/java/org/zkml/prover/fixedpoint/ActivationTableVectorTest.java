package org.zkml.prover.fixedpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.hash.Keccak256;

class ActivationTableVectorTest {
    private static final MathContext DIGITS = new MathContext(60);
    private static JsonNode vectors;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream in = ActivationTableVectorTest.class.getResourceAsStream("/vectors/trainer.json")) {
            vectors = new ObjectMapper().readTree(in);
        }
    }

    @Test
    void logisticAndIdentityTablesAreTheVectors() {
        check(vectors.at("/tables/logistic"), ActivationTable.of(ModelKind.LOGISTIC, 16));
        check(vectors.at("/tables/identity"), ActivationTable.of(ModelKind.LINEAR, 16));
        for (int b = 8; b <= 14; b += 2) {
            check(vectors.at("/logistic_tables_small/" + b), ActivationTable.of(ModelKind.LOGISTIC, b));
        }
        int[] smallest = ActivationTable.of(ModelKind.LOGISTIC, 8).values();
        for (int y = 0; y < 256; y++) {
            assertEquals(vectors.get("logistic_b8").get(y).asInt(), smallest[y], "index " + y);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 12, 14, 16})
    void everyEntryIsThatOfExactArithmetic(int b) {
        int[] logistic = ActivationTable.of(ModelKind.LOGISTIC, b).values();
        int[] identity = ActivationTable.of(ModelKind.LINEAR, b).values();
        int[] exponential = ActivationTable.of(ModelKind.POISSON, b).values();
        int half = 1 << (b - 1);
        BigDecimal ratio = exponentialOf(new BigDecimal(Math.scalb(1.0, 8 - b)));
        BigDecimal power = exponentialOf(new BigDecimal(-128));
        for (int y = 0; y < 2 * half; y++) {
            BigDecimal logit = new BigDecimal(Math.scalb((double) (y - half), 8 - b));
            BigDecimal sigmoid = power.divide(power.add(BigDecimal.ONE), DIGITS);
            assertEquals(rounded(sigmoid, b - 2, half), logistic[y], "logistic, index " + y);
            assertEquals(rounded(logit, b - 4, half), identity[y], "identity, index " + y);
            assertEquals(rounded(power, b - 4, half), exponential[y], "exponential, index " + y);
            power = power.multiply(ratio, DIGITS);
        }
    }

    private static void check(JsonNode expected, ActivationTable table) {
        assertEquals(expected.get("fp").asInt(), table.fp());
        int[] values = table.values();
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        assertEquals(
                expected.get("keccak_of_int16_big_endian").asText(),
                "0x" + HexFormat.of().formatHex(Keccak256.hash(bytes.array())));
        if (expected.has("entries")) {
            expected.get("entries")
                    .properties()
                    .forEach(e -> assertEquals(e.getValue().asInt(), table.valueAt(Integer.parseInt(e.getKey()))));
        }
    }

    private static int rounded(BigDecimal value, int bits, int half) {
        BigDecimal scaled = value.multiply(new BigDecimal(1L << bits)).add(new BigDecimal("0.5"));
        BigDecimal floor = scaled.setScale(0, RoundingMode.FLOOR);
        return floor.max(new BigDecimal(-half)).min(new BigDecimal(half - 1)).intValueExact();
    }

    /** Taylor series of x / 2^10, squared ten times. */
    private static BigDecimal exponentialOf(BigDecimal x) {
        MathContext digits = new MathContext(90);
        BigDecimal small = x.divide(new BigDecimal(1024), digits);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; i < 60; i++) {
            term = term.multiply(small, digits).divide(new BigDecimal(i), digits);
            sum = sum.add(term, digits);
        }
        for (int i = 0; i < 10; i++) {
            sum = sum.multiply(sum, digits);
        }
        return sum;
    }
}
