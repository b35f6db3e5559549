package org.zkml.api.v1;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.mailbox.MailboxMessage;

/** A message of the mailbox, for its recipient or its sender. */
@Schema(name = "Message")
public record MessageBody(
        @Schema(description = "keccak of campaign, round, kind, sender and recipient")
        String id,

        String campaignId,
        int round,

        @Schema(enumeration = {"share", "receipt", "partial-sum", "closing", "model"})
        String kind,

        String sender,
        String recipient,
        String envelope,
        String signature,
        Instant receivedAt) {

    static MessageBody of(MailboxMessage message) {
        return new MessageBody(
                message.id,
                message.campaignId.toString(),
                message.round,
                message.kind.id(),
                message.sender,
                message.recipient,
                Hex.of(message.envelope),
                Hex.of(message.signature),
                message.receivedAt);
    }
}
