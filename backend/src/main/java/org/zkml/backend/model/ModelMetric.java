package org.zkml.backend.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.zkml.backend.chain.index.ChainPosition;

/** A proved metric of a campaign's model, as the chain has it. */
@Entity
@Table(name = "model_metric")
@IdClass(ModelMetric.Key.class)
public class ModelMetric extends PanacheEntityBase {

    private static final int ACCURACY_BITS = 64;

    /** Each is proved once. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public BigInteger campaignId;
        public int modelRound;
        public String datasetId;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && key.campaignId.equals(campaignId)
                    && key.modelRound == modelRound
                    && key.datasetId.equals(datasetId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(campaignId, modelRound, datasetId);
        }
    }

    @Id
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    /** Rounds averaged into the model, from 1. */
    @Id
    @Column(name = "model_round")
    public int modelRound;

    @Id
    @Column(name = "dataset_id")
    public String datasetId;

    /** Who proved it. */
    public String prover;

    /** Of the data set. */
    @Column(name = "evaluated_rows")
    public long rows;

    /** Rows whose class is predicted rightly; 0 where targets are no classes. */
    public long hits;

    /** {@code floor(2^64 hits / rows)}: orders fractions of 32-bit denominators exactly. */
    @Column(precision = 20, scale = 0)
    public BigInteger accuracy;

    /** With 2 fp fractional bits. */
    @Column(name = "squared_error_sum", precision = 39, scale = 0)
    public BigInteger squaredErrorSum;

    /** Whether the campaign fixed the data set when it opened, and neither an aggregator nor a seat registered it. */
    public boolean independent;

    @Column(name = "proof_hash")
    public String proofHash;

    @Embedded
    public ChainPosition position;

    @Column(name = "proved_at")
    public Instant provedAt;

    void setHits(long hits) {
        this.hits = hits;
        accuracy = BigInteger.valueOf(hits).shiftLeft(ACCURACY_BITS).divide(BigInteger.valueOf(rows));
    }

    /** Of one model, the independent ones first, then in the order of the chain. */
    static List<ModelMetric> of(BigInteger campaignId, int modelRound, int limit) {
        return ModelMetric.<ModelMetric>find(
                        "campaignId = ?1 and modelRound = ?2"
                                + " order by independent desc, position.blockNumber, position.logIndex",
                        campaignId,
                        modelRound)
                .page(0, limit)
                .list();
    }

    /** How many were proved of a campaign's models, by campaign. */
    static Map<BigInteger, Long> counts(List<BigInteger> campaignIds) {
        final Map<BigInteger, Long> counts = new HashMap<>();
        getEntityManager()
                .createQuery(
                        "select m.campaignId, count(m.datasetId) from ModelMetric m where m.campaignId in :ids"
                                + " group by m.campaignId",
                        Object[].class)
                .setParameter("ids", campaignIds)
                .getResultStream()
                .forEach(row -> counts.put((BigInteger) row[0], (Long) row[1]));
        return counts;
    }

    /** The independent ones of the campaigns' last models, the least accurate first. */
    static List<ModelMetric> independent(List<BigInteger> campaignIds) {
        return getEntityManager()
                .createQuery(
                        "select m from ModelMetric m join Campaign c on c.id = m.campaignId and c.round = m.modelRound"
                                + " where m.campaignId in :ids and m.independent = true"
                                + " order by m.accuracy, m.position.blockNumber, m.position.logIndex",
                        ModelMetric.class)
                .setParameter("ids", campaignIds)
                .getResultList();
    }
}
