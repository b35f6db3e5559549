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
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.backend.campaign.Seat;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.contribution.Exclusion;

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

    /**
     * @param end null while its round is not over
     * @param exclusion null unless it was burned
     */
    record Explained(
            Reward reward,
            Campaign campaign,
            Seat seat,
            Contribution contribution,
            RoundEnd end,
            Exclusion exclusion) {}

    /**
     * Rewards with what they follow from, oldest first.
     *
     * @param after only those minted after this place of the chain; null for all
     */
    static List<Explained> explained(String provider, ChainEvent.Key after, int limit) {
        return getEntityManager()
                .createQuery(
                        "select r, k, s, c, e, x from Reward r"
                                + " join Campaign k on k.id = r.campaignId"
                                + " join Seat s on s.campaignId = r.campaignId and s.provider = r.provider"
                                + " join Contribution c on c.campaignId = r.campaignId and c.round = r.round"
                                + " and c.provider = r.provider"
                                + " left join RoundEnd e on e.campaignId = r.campaignId and e.round = r.round"
                                + " left join Exclusion x on x.campaignId = r.campaignId and x.round = r.round"
                                + " and x.provider = r.provider"
                                + " where r.provider = :provider and (r.position.blockNumber > :block"
                                + " or r.position.blockNumber = :block and r.position.logIndex > :log)"
                                + " order by r.position.blockNumber, r.position.logIndex",
                        Object[].class)
                .setParameter("provider", provider)
                .setParameter("block", after == null ? -1 : after.blockNumber)
                .setParameter("log", after == null ? -1 : after.logIndex)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Explained(
                        (Reward) row[0],
                        (Campaign) row[1],
                        (Seat) row[2],
                        (Contribution) row[3],
                        (RoundEnd) row[4],
                        (Exclusion) row[5]))
                .toList();
    }

    /** Base units, of all rounds. */
    static BigInteger minted(String provider) {
        return sum("select sum(r.amount) from Reward r where r.provider = :provider", provider);
    }

    /** Base units, of contributions that were excluded. */
    static BigInteger burned(String provider) {
        return sum("select sum(x.rewardBurned) from Exclusion x where x.provider = :provider", provider);
    }

    /** Base units, of rounds that are over, without what was burned. */
    static BigInteger released(String provider) {
        return sum(
                "select sum(r.amount) from Reward r where r.provider = :provider and exists"
                        + " (select 1 from RoundEnd e where e.campaignId = r.campaignId and e.round = r.round)"
                        + " and not exists (select 1 from Exclusion x where x.campaignId = r.campaignId"
                        + " and x.round = r.round and x.provider = r.provider)",
                provider);
    }

    static BigInteger sum(String query, String provider) {
        final BigInteger sum = getEntityManager()
                .createQuery(query, BigInteger.class)
                .setParameter("provider", provider)
                .getSingleResult();
        return sum == null ? BigInteger.ZERO : sum;
    }
}
