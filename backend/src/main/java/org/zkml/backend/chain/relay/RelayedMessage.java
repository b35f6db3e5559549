package org.zkml.backend.chain.relay;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.zkml.backend.chain.RefusedByContractException;

/** A call that the server sends for somebody, and what became of it. */
@Entity
@Table(name = "relayed_message")
public class RelayedMessage extends PanacheEntityBase {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final int DETAIL_CHARS = 4000;
    private static final int TROUBLE_CHARS = 1000;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** What the call brings about, such as {@code contribution/0x..}: there is one row a resource. */
    public String resource;

    /** Tells one message about the resource from another, 32 bytes as 0x-hex. */
    public String fingerprint;

    /** On whose behalf: the signer. */
    public String account;

    @Enumerated(EnumType.STRING)
    public MessageKind kind;

    /** Last Unix second at which it is good; null if it has none. */
    @Column(precision = 78, scale = 0)
    public BigInteger deadline;

    /** Whether it is for a campaign with a budget that governance granted. */
    public boolean granted;

    public String contract;

    /** Empty once an answer is settled. */
    @Column(name = "call_data")
    public byte[] callData;

    @Enumerated(EnumType.STRING)
    public RelayState state;

    /** Whether nothing can change any more. */
    public boolean settled;

    public String relayer;
    public Long nonce;

    /** Of the transaction in the chain, else of the one that was signed last. */
    @Column(name = "transaction_hash")
    public String transactionHash;

    @Column(name = "block_number")
    public Long blockNumber;

    @Column(name = "block_hash")
    public String blockHash;

    @Column(name = "gas_used")
    public Long gasUsed;

    @Column(name = "failure_error")
    public String failureError;

    @Column(name = "failure_detail")
    public String failureDetail;

    /** What last kept it from moving on; nobody's fault but the node's or the relayer's. */
    public String trouble;

    /** When it is looked at next. */
    @Column(name = "due_at")
    public Instant dueAt;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;

    public static Optional<RelayedMessage> ofResource(String resource) {
        return find("resource", resource).firstResultOptional();
    }

    void plan(Instant now) {
        state = RelayState.PLANNED;
        settled = false;
        nonce = null;
        transactionHash = null;
        outOfChain();
        failureError = null;
        failureDetail = null;
        trouble = null;
        dueAt = now;
        updatedAt = now;
    }

    void sent(RelayAttempt attempt, Instant now) {
        state = RelayState.SENT;
        relayer = attempt.relayer;
        nonce = attempt.nonce;
        transactionHash = attempt.transactionHash;
        dueAt = now;
        updatedAt = now;
    }

    /** The block that it was in is gone. */
    void unmined(Instant now) {
        state = RelayState.SENT;
        settled = false;
        failureError = null;
        failureDetail = null;
        outOfChain();
        dueAt = now;
        updatedAt = now;
    }

    void failed(RefusedByContractException refusal, Instant now) {
        state = RelayState.FAILED;
        failureError = cut(refusal.error(), 100);
        failureDetail = cut(refusal.detail(), DETAIL_CHARS);
        updatedAt = now;
    }

    /** Nothing can change any more. What shows a share in clear is of no more use, and not kept: it may never have come to the chain. */
    void settle() {
        settled = true;
        if (kind == MessageKind.ANSWER) {
            callData = new byte[0];
            RelayAttempt.<RelayAttempt>list("messageId", id)
                    .forEach(attempt -> attempt.signedTransaction = new byte[0]);
        }
    }

    void trouble(String what, Instant dueAt) {
        trouble = what == null ? null : cut(what, TROUBLE_CHARS);
        this.dueAt = dueAt;
    }

    /** A quarter of the message's age, how long to wait for the next look: attentive to new messages, patient with old ones. */
    Duration patience(Instant now, Duration longest) {
        final Duration quarter = Duration.between(createdAt, now).dividedBy(4);
        if (quarter.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return quarter.compareTo(longest) > 0 ? longest : quarter;
    }

    private void outOfChain() {
        blockNumber = null;
        blockHash = null;
        gasUsed = null;
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars);
    }
}
