package org.zkml.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.inference.PredictionService;

/** A query to a model. */
@Schema(
        name = "PredictionRequest",
        requiredProperties = {"passId", "count", "deadline", "salt", "rows", "signature"})
public record PredictionRequest(
        @Schema(example = "1") String passId,

        @Schema(description = "Rows asked with the pass so far, these included: 1 to 2^32 - 1", example = "10")
        Long count,

        @Schema(description = "Last Unix second at which the seller may accept the query", example = "1790000000")
        String deadline,

        @Schema(description = "32 random bytes, which hide the rows in the signed hash", example = "0x3a91...")
        String salt,

        @Schema(
                type = SchemaType.ARRAY,
                description = "Objects by feature, as the schema names them, or lists in the schema's order",
                example = "[{\"age\": 52, \"dose\": 1.5}]")
        JsonNode rows,

        @Schema(
                description = "The pass's session key's EIP-712 signature over Query, 65 bytes",
                example = "0x5f1c...1b")
        String signature,

        @Schema(
                description = "Whether the answer waits for its proof; default now",
                enumeration = {"now", "later"})
        String proof) {

    private static final int WORD_BITS = 256;
    private static final int SALT_BYTES = 32;
    private static final int SIGNATURE_BYTES = 65;
    private static final long COUNT_END = 1L << 32;

    public PredictionService.Request parse(BigInteger modelId) {
        final long asked = Fields.required("count", count);
        if (asked < 1 || asked >= COUNT_END) {
            throw new MalformedRequestException("count", asked + " is not from 1 to 2^32 - 1");
        }
        if (proof != null && !proof.equals("now") && !proof.equals("later")) {
            throw new MalformedRequestException("proof", "is neither now nor later");
        }
        return new PredictionService.Request(
                modelId,
                Fields.decimal("passId", passId, WORD_BITS),
                asked,
                Fields.decimal("deadline", deadline, WORD_BITS),
                Fields.bytes("salt", salt, SALT_BYTES),
                Fields.required("rows", rows),
                Fields.bytes("signature", signature, SIGNATURE_BYTES),
                "later".equals(proof));
    }
}
