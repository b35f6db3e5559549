package org.zkml.backend.inference;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.zkml.backend.chain.index.ChainEvent;

/** What a pass released at one time, and who earned it. All amounts in base units. */
@Entity
@Table(name = "pass_redemption")
@IdClass(ChainEvent.Key.class)
public class PassRedemption extends PanacheEntityBase {

    @Id
    @Column(name = "block_number")
    public long blockNumber;

    @Id
    @Column(name = "log_index")
    public int logIndex;

    @Column(name = "pass_id", precision = 78, scale = 0)
    public BigInteger passId;

    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    /** Rows of the pass redeemed so far. */
    public long redeemed;

    /** The sum of the other three. */
    @Column(precision = 39, scale = 0)
    public BigInteger released;

    @Column(precision = 39, scale = 0)
    public BigInteger fee;

    @Column(name = "owner_amount", precision = 39, scale = 0)
    public BigInteger ownerAmount;

    @Column(name = "contributors_amount", precision = 39, scale = 0)
    public BigInteger contributorsAmount;

    @Column(name = "transaction_hash")
    public String transactionHash;

    @Column(name = "redeemed_at")
    public Instant redeemedAt;

    /**
     * Of a pass, oldest first.
     *
     * @param after only those after this place of the chain; null for all
     */
    static List<PassRedemption> of(BigInteger passId, ChainEvent.Key after, int limit) {
        return PassRedemption.<PassRedemption>find(
                        "passId = ?1 and (blockNumber > ?2 or blockNumber = ?2 and logIndex > ?3)"
                                + " order by blockNumber, logIndex",
                        passId,
                        after == null ? -1L : after.blockNumber,
                        after == null ? -1 : after.logIndex)
                .page(0, limit)
                .list();
    }

    /**
     * What a model has earned.
     *
     * @param redemptions how many there were
     * @param contributors all contributors' part
     * @param owner the owner's part
     */
    public record Earned(BigInteger modelId, long redemptions, BigInteger contributors, BigInteger owner) {}

    /** What models that an account has a part in have earned, highest number first; those that have earned something. */
    public static List<Earned> earned(String account) {
        return getEntityManager()
                .createQuery(
                        "select r.modelId, count(*), sum(r.contributorsAmount), sum(r.ownerAmount) from PassRedemption r"
                                + " where r.modelId in (select k.id from Campaign k where k.owner = :account)"
                                + " or r.modelId in (select c.campaignId from Contribution c where c.provider = :account)"
                                + " group by r.modelId order by r.modelId desc",
                        Object[].class)
                .setParameter("account", account)
                .getResultStream()
                .map(row -> new Earned((BigInteger) row[0], (Long) row[1], (BigInteger) row[2], (BigInteger) row[3]))
                .toList();
    }

    /** A model's latest, newest first. */
    public static List<PassRedemption> latest(BigInteger modelId, int limit) {
        return PassRedemption.<PassRedemption>find("modelId = ?1 order by blockNumber desc, logIndex desc", modelId)
                .page(0, limit)
                .list();
    }
}
