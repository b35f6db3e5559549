package org.zkml.backend.inference;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** A pass that was sold, as the chain has it. */
@Entity
@Table(name = "inference_pass")
public class Pass extends PanacheEntityBase {

    /** From 1 on. */
    @Id
    @Column(precision = 78, scale = 0)
    public BigInteger id;

    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    public String buyer;

    /** Signs for the rows asked. */
    @Column(name = "session_key")
    public String sessionKey;

    /** Account that answers. */
    public String seller;

    /** Rows that may be asked. */
    public long queries;

    /** Rows whose price was released. */
    public long redeemed;

    /** Unix seconds, as they were when it was bought: pauses since then make it later. */
    @Column(name = "term_end")
    public long termEnd;

    /** Base units. */
    @Column(precision = 39, scale = 0)
    public BigInteger price;

    /** In 1/10,000 of what is released. */
    @Column(name = "fee_basis_points")
    public int feeBasisPoints;

    /** Base units that went back to the buyer; null until it is closed. */
    @Column(precision = 39, scale = 0)
    public BigInteger refund;

    /** Transaction that closed it; null until it is closed. */
    @Column(name = "closed_by")
    public String closedBy;

    @Embedded
    public ChainPosition position;

    @Column(name = "purchased_at")
    public Instant purchasedAt;

    public static Optional<Pass> of(BigInteger id) {
        return findByIdOptional(id);
    }

    /**
     * Of a buyer, newest first.
     *
     * @param before only those with lower numbers; null for all
     */
    static List<Pass> of(String buyer, BigInteger before, int limit) {
        return (before == null
                        ? Pass.<Pass>find("buyer = ?1 order by id desc", buyer)
                        : Pass.<Pass>find("buyer = ?1 and id < ?2 order by id desc", buyer, before))
                .page(0, limit)
                .list();
    }

    /** What the redeemed rows have taken out of escrow: {@code floor(price * redeemed / queries)}, base units. */
    public BigInteger released() {
        return price.multiply(BigInteger.valueOf(redeemed)).divide(BigInteger.valueOf(queries));
    }
}
