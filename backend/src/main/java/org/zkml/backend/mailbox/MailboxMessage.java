package org.zkml.backend.mailbox;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.zkml.prover.envelope.MessageKind;

/** An envelope that the server keeps for its recipient. There is one of a kind from a sender to a recipient in a round. */
@Entity
@Table(name = "mailbox_message")
public class MailboxMessage extends PanacheEntityBase {

    /** In about the order of coming. */
    @Id
    public long number;

    /** keccak of campaign, round, kind, sender and recipient. */
    public String id;

    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    public int round;

    @Enumerated(EnumType.STRING)
    public MessageKind kind;

    public String sender;

    public String recipient;

    public byte[] envelope;

    @Column(name = "envelope_bytes")
    public int envelopeBytes;

    /** The sender's, over everything above. */
    public byte[] signature;

    @Column(name = "received_at")
    public Instant receivedAt;

    static Optional<MailboxMessage> of(String id) {
        return find("id", id).firstResultOptional();
    }
}
