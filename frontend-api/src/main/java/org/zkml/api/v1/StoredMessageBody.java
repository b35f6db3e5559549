package org.zkml.api.v1;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.mailbox.MailboxMessage;

/** That a message is stored. */
@Schema(name = "StoredMessage")
public record StoredMessageBody(
        @Schema(description = "keccak of campaign, round, kind, sender and recipient")
        String id,

        Instant receivedAt) {

    static StoredMessageBody of(MailboxMessage message) {
        return new StoredMessageBody(message.id, message.receivedAt);
    }
}
