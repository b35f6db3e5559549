package org.zkml.api.request;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.inference.ReadingPermission;

/** A session key's permission to show the answers to its pass. */
@Schema(
        name = "ReadingPermission",
        requiredProperties = {"deadline", "signature"})
public record ReadingBody(
        @Schema(description = "Last Unix second of the permission, at most ten minutes away", example = "1790000000")
        String deadline,

        @Schema(
                description = "The session key's EIP-712 signature over ReadPredictions, 65 bytes",
                example = "0x5f1c...1b")
        String signature) {

    private static final int WORD_BITS = 256;
    private static final int SIGNATURE_BYTES = 65;

    public ReadingPermission parse() {
        return parse("deadline", deadline, "signature", signature);
    }

    /** From headers or members of these names. */
    public static ReadingPermission parse(
            String deadlineField, String deadline, String signatureField, String signature) {
        return new ReadingPermission(
                Fields.decimal(deadlineField, deadline, WORD_BITS),
                Fields.bytes(signatureField, signature, SIGNATURE_BYTES));
    }
}
