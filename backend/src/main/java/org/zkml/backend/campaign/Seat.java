package org.zkml.backend.campaign;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** A provider's seat in a campaign, as the chain has it. */
@Entity
@IdClass(Seat.Key.class)
public class Seat extends PanacheEntityBase {

    /** A provider has one seat a campaign. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public BigInteger campaignId;
        public String provider;

        public Key() {}

        public Key(BigInteger campaignId, String provider) {
            this.campaignId = campaignId;
            this.provider = provider;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.campaignId.equals(campaignId) && key.provider.equals(provider);
        }

        @Override
        public int hashCode() {
            return Objects.hash(campaignId, provider);
        }
    }

    @Id
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    @Id
    public String provider;

    @Column(name = "dataset_id")
    public String datasetId;

    /** Rows that a contribution counts for. */
    public long weight;

    /** The proof's step constant c. */
    @Column(name = "step_constant", precision = 20, scale = 0)
    public BigInteger stepConstant;

    @Column(name = "x25519_key")
    public String x25519Key;

    @Column(name = "ml_kem_key", length = 2400)
    public String mlKemKey;

    @Embedded
    public ChainPosition position;

    @Column(name = "taken_at")
    public Instant takenAt;

    public static Optional<Seat> of(BigInteger campaignId, String provider) {
        return findByIdOptional(new Key(campaignId, provider));
    }

    /** In the order of joining. */
    public static List<Seat> of(BigInteger campaignId) {
        return list("campaignId = ?1 order by position.blockNumber, position.logIndex", campaignId);
    }
}
