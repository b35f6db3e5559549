package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.fixedpoint.Fraction;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.fixedpoint.StepConstants;
import org.zkml.prover.training.TrainingShape;

/**
 * What one round of a campaign asks its providers to do: from the chain, or from a file to try things out.
 *
 * @param campaignId the campaign
 * @param round from 0
 * @param schemaHash keccak of the schema, as an integer
 * @param lb log2 of the batches
 * @param lt log2 of the slots for steps
 */
public record TrainingTask(
        BigInteger campaignId,
        long round,
        BigInteger schemaHash,
        ModelKind kind,
        int b,
        int lk,
        int lb,
        int lt,
        int steps,
        Fraction rate,
        Fraction decay) {

    private static final String FORMAT = "zkml-task/1";

    static TrainingTask read(JsonFile json) {
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        return new TrainingTask(
                json.decimal("campaignId"),
                json.integer("round", 0, 65_535),
                new BigInteger(1, json.hex("schemaHash", 32)),
                json.parsed("kind", TrainingTask::kind),
                (int) json.integer("b", 8, 16),
                (int) json.integer("lk", 0, 28),
                (int) json.integer("lb", 0, 28),
                (int) json.integer("lt", 0, 28),
                (int) json.integer("steps", 1, 1 << 28),
                json.parsed("rate", Fraction::parse),
                json.parsed("decay", Fraction::parse));
    }

    /** @throws IllegalArgumentException if there is no such kind of model */
    static ModelKind kind(String id) {
        return Arrays.stream(ModelKind.values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + id + "\" is none of "
                        + Arrays.stream(ModelKind.values()).map(ModelKind::id).toList()));
    }

    ObjectNode write() {
        return Console.object()
                .put("format", FORMAT)
                .put("campaignId", campaignId.toString())
                .put("round", round)
                .put("schemaHash", Hex.word(schemaHash))
                .put("kind", kind.id())
                .put("b", b)
                .put("lk", lk)
                .put("lb", lb)
                .put("lt", lt)
                .put("steps", steps)
                .put("rate", rate.toString())
                .put("decay", decay.toString());
    }

    /** The sizes of the run for a data set of {@code 2^ln} padded rows. */
    TrainingShape shape(int ln) {
        return new TrainingShape(lb, ln - lb, lk, lt, steps, b);
    }

    /** The integers of the steps for a data set of {@code n} rows, {@code 2^ln} with padding. */
    StepConstants constants(int n, int ln) {
        return StepConstants.of(rate, decay, shape(ln).batchRows(n), kind, b);
    }
}
