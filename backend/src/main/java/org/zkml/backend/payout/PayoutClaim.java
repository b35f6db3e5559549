package org.zkml.backend.payout;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.util.List;
import org.zkml.backend.chain.index.ChainEvent;

/** A claim that was paid. */
@Entity
@Table(name = "payout_claim")
@IdClass(ChainEvent.Key.class)
public class PayoutClaim extends PanacheEntityBase {

    @Id
    @Column(name = "block_number")
    public long blockNumber;

    @Id
    @Column(name = "log_index")
    public int logIndex;

    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    public String provider;

    /** Base units. */
    @Column(precision = 78, scale = 0)
    public BigInteger amount;

    @Column(name = "transaction_hash")
    public String transactionHash;

    static long countOf(BigInteger campaignId, String provider) {
        return count("campaignId = ?1 and provider = ?2", campaignId, provider);
    }

    static boolean isPaidBy(String transactionHash) {
        return transactionHash != null && count("transactionHash", transactionHash) > 0;
    }

    /** Newest first. */
    static List<PayoutClaim> latest(String provider, int limit) {
        return PayoutClaim.<PayoutClaim>find("provider = ?1 order by blockNumber desc, logIndex desc", provider)
                .page(Page.ofSize(limit))
                .list();
    }

    /** Base units, all claims. */
    static BigInteger claimed(String provider) {
        return Reward.sum("select sum(c.amount) from PayoutClaim c where c.provider = :provider", provider);
    }
}
