package org.zkml.backend.contribution;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** That an aggregator says that it got no share of a contribution, or a false one, and where the provider answered. */
@Entity
@Table(name = "share_dispute")
@IdClass(ShareDispute.Key.class)
public class ShareDispute extends PanacheEntityBase {

    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public BigInteger campaignId;
        public int round;
        public String provider;
        public int aggregator;

        public Key() {}

        public Key(BigInteger campaignId, int round, String provider, int aggregator) {
            this.campaignId = campaignId;
            this.round = round;
            this.provider = provider;
            this.aggregator = aggregator;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.campaignId.equals(campaignId)
                    && key.round == round
                    && key.provider.equals(provider)
                    && key.aggregator == aggregator;
        }

        @Override
        public int hashCode() {
            return Objects.hash(campaignId, round, provider, aggregator);
        }
    }

    @Id
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    @Id
    public int round;

    @Id
    public String provider;

    /** Place among the campaign's aggregators, from 0. */
    @Id
    public int aggregator;

    /** The transaction that showed the share in clear; null while there is none. */
    @Column(name = "answered_by")
    public String answeredBy;

    @Embedded
    public ChainPosition position;

    static Optional<ShareDispute> of(BigInteger campaignId, int round, String provider, int aggregator) {
        return findByIdOptional(new Key(campaignId, round, provider, aggregator));
    }

    /** Those of a campaign's rounds, in the order of the chain. */
    public static List<ShareDispute> of(BigInteger campaignId, List<Integer> rounds) {
        return list(
                "campaignId = ?1 and round in ?2 order by position.blockNumber, position.logIndex", campaignId, rounds);
    }
}
