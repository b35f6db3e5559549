package org.zkml.api.v1;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.inference.Prediction;

/** What {@code InferenceMarket.redeem} takes: anybody may send it. */
@Schema(name = "Redemption")
public record RedemptionBody(
        String passId,
        String modelId,

        @Schema(description = "Rows asked with the pass up to which every answer is proved")
        long count,

        String inputsHash,
        String deadline,

        @Schema(description = "The session key's, over the query of that count")
        String signature) {

    static RedemptionBody of(Prediction prediction) {
        return new RedemptionBody(
                prediction.passId.toString(),
                prediction.modelId.toString(),
                prediction.asked,
                prediction.inputsHash,
                prediction.deadline.toString(),
                Hex.of(prediction.signature));
    }
}
