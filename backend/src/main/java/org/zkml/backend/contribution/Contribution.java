package org.zkml.backend.contribution;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.prover.hash.Keccak256;

/** A verified contribution, as the chain has it. */
@Entity
public class Contribution extends PanacheEntityBase {

    /** {@code keccak256(abi.encode(campaignId, round, datasetId))}: what the contract pays once. */
    @Id
    public String id;

    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    public int round;
    public String provider;

    @Column(name = "dataset_id")
    public String datasetId;

    /** Rows that it counts for. */
    public long weight;

    /** Commitment to the provider's model, a point of G1 as a JSON object. */
    public String model;

    /** Commitments to the aggregators' shares, a JSON array of points. */
    @Column(length = 2000)
    public String shares;

    @Column(name = "proof_hash")
    public String proofHash;

    @Embedded
    public ChainPosition position;

    @Column(name = "verified_at")
    public Instant verifiedAt;

    public static String idOf(BigInteger campaignId, BigInteger round, byte[] datasetId) {
        return Hex.of(Keccak256.hash(Hex.word(campaignId), Hex.word(round), datasetId));
    }

    public static Optional<Contribution> of(String id) {
        return findByIdOptional(id);
    }

    /** Rows that count, by campaign, then by provider in the order of their first contribution. */
    public static Map<BigInteger, Map<String, Long>> points(List<BigInteger> campaignIds) {
        final List<Object[]> sums = getEntityManager()
                .createQuery(
                        "select c.campaignId, c.provider, sum(c.weight) from Contribution c where c.campaignId in :ids"
                                + " group by c.campaignId, c.provider"
                                + " order by min(c.position.blockNumber * 4294967296 + c.position.logIndex)",
                        Object[].class)
                .setParameter("ids", campaignIds)
                .getResultList();
        final Map<BigInteger, Map<String, Long>> points = new HashMap<>();
        for (Object[] sum : sums) {
            points.computeIfAbsent((BigInteger) sum[0], id -> new LinkedHashMap<>())
                    .put((String) sum[1], ((Number) sum[2]).longValue());
        }
        return points;
    }

    /** In the order of the chain. */
    public static List<Contribution> of(BigInteger campaignId) {
        return list("campaignId = ?1 order by position.blockNumber, position.logIndex", campaignId);
    }
}
