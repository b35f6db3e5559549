package org.zkml.api.request;

import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.Authorization;

/** The signer's consent. */
@Schema(
        name = "Authorization",
        description = "The provider's EIP-712 signature over the message that the contract checks",
        requiredProperties = {"nonce", "deadline", "signature"})
public record AuthorizationBody(
        @Schema(
                description = "Keyed nonce of the signer in that contract: 192 bits of key, 64 of counter; decimal",
                example = "115130186379853866973297520423404749905430231553")
        String nonce,

        @Schema(description = "Last Unix second at which the message is good; decimal", example = "1790000000")
        String deadline,

        @Schema(
                description = "65 bytes, or what an ERC-1271 wallet takes (at most 4096 bytes)",
                example = "0x5f1c...1b")
        String signature) {

    private static final int SIGNATURE_BYTES = 4096;

    static Authorization parse(AuthorizationBody body) {
        Fields.required("authorization", body);
        final BigInteger nonce = Fields.decimal("authorization.nonce", body.nonce, 256);
        final BigInteger deadline = Fields.decimal("authorization.deadline", body.deadline, 256);
        return new Authorization(
                nonce, deadline, Fields.bytesUpTo("authorization.signature", body.signature, SIGNATURE_BYTES));
    }
}
