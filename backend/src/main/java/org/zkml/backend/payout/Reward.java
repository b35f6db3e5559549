package org.zkml.backend.payout;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.zkml.backend.chain.index.ChainPosition;

/** What was minted for a verified contribution. */
@Entity
@IdClass(Reward.Key.class)
public class Reward extends PanacheEntityBase {

    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public BigInteger campaignId;
        public int round;
        public String provider;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.campaignId.equals(campaignId)
                    && key.round == round
                    && key.provider.equals(provider);
        }

        @Override
        public int hashCode() {
            return Objects.hash(campaignId, round, provider);
        }
    }

    @Id
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    @Id
    public int round;

    @Id
    public String provider;

    /** Base units. */
    @Column(precision = 78, scale = 0)
    public BigInteger amount;

    @Embedded
    public ChainPosition position;

    static List<Reward> of(String provider) {
        return list("provider = ?1 order by position.blockNumber, position.logIndex", provider);
    }
}
