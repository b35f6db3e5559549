package org.zkml.backend.contribution;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.zkml.backend.campaign.RoundEnd;
import org.zkml.prover.curve.G1Affine;

/** A round's model and sums, over the contributions that were not excluded, as the chain has them. */
@Entity
@Table(name = "campaign_round")
@IdClass(RoundEnd.Key.class)
public class Round extends PanacheEntityBase {

    @Id
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    @Id
    public int round;

    /** Commitment to the model that the round starts from, a point of G1 as a JSON object. */
    public String model;

    @Column(name = "sum_x", precision = 78, scale = 0)
    public BigInteger sumX;

    @Column(name = "sum_y", precision = 78, scale = 0)
    public BigInteger sumY;

    /** Rows that count, of all contributions. */
    @Column(name = "weight_total")
    public long weightTotal;

    public int contributors;

    /** One without contributions. */
    static Round of(BigInteger campaignId, int round, String model) {
        final Round begun = new Round();
        begun.campaignId = campaignId;
        begun.round = round;
        begun.model = model;
        begun.sumX = BigInteger.ZERO;
        begun.sumY = BigInteger.ZERO;
        return begun;
    }

    public static Optional<Round> of(BigInteger campaignId, int round) {
        return findByIdOptional(new RoundEnd.Key(campaignId, round));
    }

    /**
     * In their order.
     *
     * @param after only those with higher numbers
     */
    public static List<Round> after(BigInteger campaignId, int after, int limit) {
        return Round.<Round>find("campaignId = ?1 and round > ?2 order by round", campaignId, after)
                .page(0, limit)
                .list();
    }

    /** Sum of weight times commitment. */
    public G1Affine sum() {
        return G1Affine.of(sumX, sumY);
    }

    /** @param weight rows that the contribution counts for */
    void add(G1Affine commitment, long weight) {
        set(sum().add(commitment.mul(BigInteger.valueOf(weight))));
        weightTotal += weight;
        contributors++;
    }

    /** Undoes {@link #add}. */
    void subtract(G1Affine commitment, long weight) {
        set(sum().add(commitment.mul(BigInteger.valueOf(weight)).negate()));
        weightTotal -= weight;
        contributors--;
    }

    private void set(G1Affine sum) {
        sumX = sum.x();
        sumY = sum.y();
    }
}
