package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;

class IntegerTrainerVectorTest {
    static Stream<JsonNode> cases() throws IOException {
        return StreamSupport.stream(read("trainer").get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyIntermediateOfEveryStepIsThatOfTheVectors(JsonNode vector) {
        TrainingShape shape = shape(vector.get("shape"));
        TrainingTrace trace = train(vector, shape, kind(vector.get("table").asText()));
        int b = shape.b();
        BigInteger c = new BigInteger(vector.get("c").asText());
        BigInteger d = new BigInteger(vector.get("d").asText());
        assertEquals(shape.slots(), vector.get("steps").size());
        for (int t = 0; t < shape.slots(); t++) {
            JsonNode step = vector.get("steps").get(t);
            assertEquals(t, step.get("t").asInt());
            assertArrayEquals(longs(step.get("W_before")), trace.weightsBefore(t));
            long[] zi = longs(step.get("zi"));
            long[] rem = longs(step.get("rem"));
            long[] z = longs(step.get("Z"));
            long[] p = longs(step.get("P"));
            for (int i = 0; i < shape.rows(); i++) {
                int slot = i + shape.rows() * t;
                assertEquals(zi[i], trace.zi()[slot]);
                assertEquals(rem[i], trace.rem()[slot]);
                assertEquals(p[i], trace.p()[slot]);
                assertEquals(
                        z[i],
                        ((long) trace.zi()[slot] << b)
                                + trace.rem()[slot]
                                - shape.format().offZ());
            }
            long[] before = trace.weightsBefore(t);
            long[] after = t + 1 < shape.slots() ? trace.weightsBefore(t + 1) : trace.weightsOut();
            assertArrayEquals(longs(step.get("W_after")), after);
            long[] gradient = longs(step.get("G"));
            boolean live = t < shape.steps();
            for (int k = 0; k < shape.features(); k++) {
                int at = k + shape.features() * (3 + 8 * t);
                long u = trace.aux()[at] + ((long) trace.aux()[at + shape.features()] << b);
                assertEquals(longs(step.get("u"))[k], u);
                assertEquals(longs(step.get("Wf"))[k], shape.format().forwardWeight(before[k]));
                BigInteger update = BigInteger.valueOf(before[k] - after[k])
                        .shiftLeft(2 * b)
                        .add(BigInteger.valueOf(u))
                        .subtract(BigInteger.ONE.shiftLeft(2 * b - 1));
                BigInteger expected = (live ? c : BigInteger.ZERO)
                        .multiply(BigInteger.valueOf(gradient[k]))
                        .add((live ? d : BigInteger.ZERO).multiply(BigInteger.valueOf(before[k])));
                assertEquals(expected, update);
            }
        }
        assertArrayEquals(longs(vector.get("W_out")), trace.weightsOut());
    }

    @Test
    void columnsAreThoseOfTheProofVector() throws IOException {
        JsonNode vector = read("train_proof");
        TrainingShape shape = shape(vector.get("statement"));
        TrainingTrace trace = train(vector.get("inputs"), shape, ModelKind.LOGISTIC);
        JsonNode columns = vector.get("columns");
        assertArrayEquals(longs(columns.get("zi").get("table")), widened(trace.zi()));
        assertArrayEquals(longs(columns.get("rem").get("table")), widened(trace.rem()));
        assertArrayEquals(longs(columns.get("p").get("table")), widened(trace.p()));
        assertArrayEquals(longs(columns.get("aux").get("table")), widened(trace.aux()));
        assertArrayEquals(longs(vector.get("inputs").get("W_out")), trace.weightsOut());
    }

    private static TrainingTrace train(JsonNode vector, TrainingShape shape, ModelKind kind) {
        StepConstants constants = StepConstants.of(
                Fraction.parse(vector.get("rate").asText()),
                Fraction.parse(vector.get("l2").asText()),
                vector.get("batchRows").asLong(),
                kind,
                shape.b());
        assertEquals(vector.get("c").asText(), Long.toUnsignedString(constants.c()));
        assertEquals(vector.get("d").asText(), Long.toUnsignedString(constants.d()));
        ActivationTable table = ActivationTable.of(kind, shape.b());
        return new IntegerTrainer(shape, table, constants)
                .train(
                        shorts(vector.get("X[batch][row][feature]")),
                        shorts(vector.get("Y[batch][row]")),
                        longs(vector.get("W_in")));
    }

    private static TrainingShape shape(JsonNode node) {
        return new TrainingShape(
                node.get("lb").asInt(),
                node.get("li").asInt(),
                node.get("lk").asInt(),
                node.get("lt").asInt(),
                node.get("steps").asInt(),
                node.get("b").asInt());
    }

    private static ModelKind kind(String table) {
        return table.equals("identity") ? ModelKind.LINEAR : ModelKind.LOGISTIC;
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in = IntegerTrainerVectorTest.class.getResourceAsStream("/vectors/" + name + ".json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static long[] longs(JsonNode nested) {
        List<Long> flat = new ArrayList<>();
        flatten(nested, flat);
        return flat.stream().mapToLong(Long::longValue).toArray();
    }

    private static short[] shorts(JsonNode nested) {
        long[] values = longs(nested);
        short[] out = new short[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) values[i];
            assertEquals(values[i], out[i]);
        }
        return out;
    }

    private static void flatten(JsonNode node, List<Long> out) {
        if (node.isArray()) {
            node.forEach(child -> flatten(child, out));
        } else {
            out.add(Long.parseLong(node.asText()));
        }
    }

    private static long[] widened(int[] values) {
        long[] out = new long[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
