package org.zkml.backend.contribution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.hash.Keccak256;

/** A verified contribution, as the chain has it. */
@Entity
public class Contribution extends PanacheEntityBase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

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

    /** Commitment to the provider's model. */
    G1Affine commitment() {
        try {
            return point(MAPPER.readTree(model));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored model of contribution " + id + " is no JSON", e);
        }
    }

    /** As the averaging of docs/secure-averaging.md knows it. */
    Contributor contributor() {
        final List<G1Affine> points = new ArrayList<>();
        try {
            MAPPER.readTree(shares).forEach(share -> points.add(point(share)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored shares of contribution " + id + " are no JSON", e);
        }
        return new Contributor(new BigInteger(provider.substring(2), 16), weight, commitment(), points);
    }

    static G1Affine point(JsonNode json) {
        return G1Affine.of(
                new BigInteger(json.get("x").asText()),
                new BigInteger(json.get("y").asText()));
    }

    public static Optional<Contribution> of(String id) {
        return findByIdOptional(id);
    }

    /** A provider's to a round, excluded or not: with one seat there is one at most. */
    public static Optional<Contribution> of(BigInteger campaignId, int round, String provider) {
        return find("campaignId = ?1 and round = ?2 and provider = ?3", campaignId, round, provider)
                .firstResultOptional();
    }

    /** Rows behind campaigns' models: of contributions to averaged rounds that were not excluded, by campaign, then by provider in the order of their first contribution. */
    public static Map<BigInteger, Map<String, Long>> modelPoints(List<BigInteger> campaignIds) {
        final List<Object[]> sums = getEntityManager()
                .createQuery(
                        "select c.campaignId, c.provider, sum(c.weight) from Contribution c"
                                + " join Campaign k on k.id = c.campaignId and c.round < k.round where c.campaignId in :ids"
                                + " and not exists (select 1 from Exclusion x where x.campaignId = c.campaignId"
                                + " and x.round = c.round and x.provider = c.provider)"
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

    /** Those of a campaign's rounds, in the order of the chain. */
    static List<Contribution> of(BigInteger campaignId, List<Integer> rounds) {
        return list(
                "campaignId = ?1 and round in ?2 order by position.blockNumber, position.logIndex", campaignId, rounds);
    }
}
