package org.zkml.backend.payout;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.util.List;
import org.zkml.backend.chain.index.ChainEvent;

/** What a model had earned for an account and was paid. Amounts in base units of the token of the sale. */
@Entity
@Table(name = "revenue_claim")
@IdClass(ChainEvent.Key.class)
public class RevenueClaim extends PanacheEntityBase {

    @Id
    @Column(name = "block_number")
    public long blockNumber;

    @Id
    @Column(name = "log_index")
    public int logIndex;

    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    public String account;

    /** By its points. */
    @Column(name = "contributor_amount", precision = 78, scale = 0)
    public BigInteger contributorAmount;

    /** As the model's owner. */
    @Column(name = "owner_amount", precision = 78, scale = 0)
    public BigInteger ownerAmount;

    @Column(name = "transaction_hash")
    public String transactionHash;

    /** All of an account, oldest first. */
    static List<RevenueClaim> of(String account) {
        return list("account = ?1 order by blockNumber, logIndex", account);
    }
}
