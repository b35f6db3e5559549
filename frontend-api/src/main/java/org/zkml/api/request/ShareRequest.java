package org.zkml.api.request;

import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.mailbox.MailboxService;
import org.zkml.prover.envelope.MessageKind;

/** A share to be published, encrypted. */
@Schema(
        name = "ShareRequest",
        description = "A share for an aggregator, sealed and signed as a message of kind share",
        requiredProperties = {"provider", "aggregator", "envelope", "signature"})
public record ShareRequest(
        @Schema(description = "Who signs", example = "0x24219351d846d4b235db9d140800686220b75770")
        String provider,

        @Schema(description = "To whose keys it is encrypted", example = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8")
        String aggregator,

        @Schema(description = "Encrypted bytes: docs/secure-averaging.md", example = "0x01c9...")
        String envelope,

        @Schema(
                description =
                        "The provider's EIP-712 signature: 65 bytes, or what an ERC-1271 wallet takes (at most 4096 bytes)",
                example = "0x5f1c...1b")
        String signature) {

    public MailboxService.Letter parse(BigInteger campaignId, int round) {
        return new MailboxService.Letter(
                campaignId,
                round,
                MessageKind.SHARE,
                Fields.address("provider", provider),
                Fields.address("aggregator", aggregator),
                Fields.bytesUpTo("envelope", envelope, BodyLimit.DOCUMENT),
                Fields.bytesUpTo("signature", signature, MessageRequest.SIGNATURE_BYTES));
    }
}
