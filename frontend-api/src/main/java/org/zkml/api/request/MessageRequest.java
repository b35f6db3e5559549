package org.zkml.api.request;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.mailbox.MailboxService;
import org.zkml.prover.envelope.MessageKind;

/** A message for the mailbox. */
@Schema(
        name = "MessageRequest",
        description = "An envelope from one account of a campaign to another; nobody else can read it",
        requiredProperties = {"round", "kind", "sender", "recipient", "envelope", "signature"})
public record MessageRequest(
        @Schema(minimum = "0", maximum = "65535") Integer round,

        @Schema(enumeration = {"share", "receipt", "partial-sum", "closing", "model"})
        String kind,

        @Schema(description = "Who signs", example = "0x24219351d846d4b235db9d140800686220b75770")
        String sender,

        @Schema(description = "To whose keys it is encrypted", example = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8")
        String recipient,

        @Schema(description = "Encrypted bytes: docs/secure-averaging.md", example = "0x01c9...")
        String envelope,

        @Schema(
                description =
                        "The sender's EIP-712 signature: 65 bytes, or what an ERC-1271 wallet takes (at most 4096 bytes)",
                example = "0x5f1c...1b")
        String signature) {

    static final int SIGNATURE_BYTES = 4096;

    public MailboxService.Letter parse(BigInteger campaignId) {
        return new MailboxService.Letter(
                campaignId,
                Fields.small("round", round),
                kind(kind),
                Fields.address("sender", sender),
                Fields.address("recipient", recipient),
                Fields.bytesUpTo("envelope", envelope, BodyLimit.DOCUMENT),
                Fields.bytesUpTo("signature", signature, SIGNATURE_BYTES));
    }

    /** A kind by its name in the API. */
    public static MessageKind kind(String name) {
        Fields.required("kind", name);
        return Arrays.stream(MessageKind.values())
                .filter(kind -> kind.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new MalformedRequestException(
                        "kind",
                        "is none of "
                                + Arrays.stream(MessageKind.values())
                                        .map(MessageKind::id)
                                        .collect(Collectors.joining(", "))));
    }
}
