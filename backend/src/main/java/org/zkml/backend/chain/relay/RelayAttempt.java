package org.zkml.backend.chain.relay;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** A signed transaction: stored before it is sent, sent again as it is as often as needed. */
@Entity
@Table(name = "relay_attempt")
public class RelayAttempt extends PanacheEntityBase {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    @Column(name = "message_id")
    public Long messageId;

    public String relayer;
    public long nonce;

    @Column(name = "transaction_hash")
    public String transactionHash;

    /** Empty once an answer is settled. */
    @Column(name = "signed_transaction")
    public byte[] signedTransaction;

    @Column(name = "max_fee_per_gas", precision = 78, scale = 0)
    public BigInteger maxFeePerGas;

    @Column(name = "priority_fee_per_gas", precision = 78, scale = 0)
    public BigInteger priorityFeePerGas;

    /** What it has cost; null while it is in no block. */
    @Column(name = "cost_wei", precision = 78, scale = 0)
    public BigInteger costWei;

    @Column(name = "gas_limit")
    public long gasLimit;

    /** Whether it does nothing but use up the nonce, so that an earlier one cannot be mined any more. */
    public boolean withdraws;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "sent_at")
    public Instant sentAt;

    /** It is in a block. Old nodes do not tell the price of its gas: then it is the most that was offered. */
    void paid(TransactionReceipt receipt) {
        final String price = receipt.getEffectiveGasPrice();
        costWei = receipt.getGasUsed().multiply(price == null ? maxFeePerGas : Numeric.decodeQuantity(price));
    }

    /** The attempts under the message's present nonce, newest first: at most one of them can ever be mined. */
    static List<RelayAttempt> of(RelayedMessage message) {
        return list(
                "messageId = ?1 and relayer = ?2 and nonce = ?3 order by id desc",
                message.id,
                message.relayer,
                message.nonce);
    }
}
