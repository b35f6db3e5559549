package org.zkml.backend.campaign;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** A round that is over: what was earned in it is released. */
@Entity
@Table(name = "round_end")
@IdClass(RoundEnd.Key.class)
public class RoundEnd extends PanacheEntityBase {

    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public BigInteger campaignId;
        public int round;

        public Key() {}

        public Key(BigInteger campaignId, int round) {
            this.campaignId = campaignId;
            this.round = round;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.campaignId.equals(campaignId) && key.round == round;
        }

        @Override
        public int hashCode() {
            return Objects.hash(campaignId, round);
        }
    }

    @Id
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    @Id
    public int round;

    /** Name of the event that ended it. */
    public String event;

    @Embedded
    public ChainPosition position;

    public static Optional<RoundEnd> of(BigInteger campaignId, int round) {
        return findByIdOptional(new Key(campaignId, round));
    }
}
