package org.zkml.backend.contribution;

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
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** That a contribution was taken out of its round, a dispute about it not being answered, and its reward burned. */
@Entity
@IdClass(Exclusion.Key.class)
public class Exclusion extends PanacheEntityBase {

    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public BigInteger campaignId;
        public int round;
        public String provider;

        public Key() {}

        public Key(BigInteger campaignId, int round, String provider) {
            this.campaignId = campaignId;
            this.round = round;
            this.provider = provider;
        }

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

    /** Rows that the contribution counted for. */
    public long weight;

    /** Base units. */
    @Column(name = "reward_burned", precision = 78, scale = 0)
    public BigInteger rewardBurned;

    @Embedded
    public ChainPosition position;

    public static Optional<Exclusion> of(BigInteger campaignId, int round, String provider) {
        return findByIdOptional(new Key(campaignId, round, provider));
    }

    /** Those of a campaign's rounds, in the order of the chain. */
    public static List<Exclusion> of(BigInteger campaignId, List<Integer> rounds) {
        return list(
                "campaignId = ?1 and round in ?2 order by position.blockNumber, position.logIndex", campaignId, rounds);
    }
}
