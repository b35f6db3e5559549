package org.zkml.backend.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.zkml.backend.chain.index.ChainPosition;

/** What an owner offers of its model now, as the chain has it. */
@Entity
@Table(name = "model_listing")
public class ModelListing extends PanacheEntityBase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Id
    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    public String owner;

    /** Account that answers and signs receipts. */
    public String seller;

    /** Where it answers, a JSON string: the owner's word, of any characters. */
    @Column(length = 2000)
    public String endpoint;

    /** Rounds averaged into the model. */
    public int version;

    /** Verified rows behind it. */
    public long points;

    /** JSON array; empty while the model is off sale. */
    @Column(length = 4000)
    public String tiers;

    /** Lowest {@link Tier#priceKey}; null while the model is off sale. */
    @Column(name = "lowest_price", precision = 78, scale = 0)
    public BigInteger lowestPrice;

    @Embedded
    public ChainPosition position;

    @Column(name = "listed_at")
    public Instant listedAt;

    /**
     * What a pass can be.
     *
     * @param queries rows that may be asked, at least 1
     * @param termSeconds in which they may be asked
     * @param price of the whole pass, base units
     */
    public record Tier(long queries, long termSeconds, BigInteger price) {

        private static final int KEY_BITS = 64;

        /** Orders tiers by their price a query, exactly: different fractions of 32-bit denominators are at least 2^-64 apart. */
        BigInteger priceKey() {
            return price.shiftLeft(KEY_BITS).divide(BigInteger.valueOf(queries));
        }

        /** Base units, rounded up. */
        public BigInteger pricePerQuery() {
            return price.add(BigInteger.valueOf(queries - 1)).divide(BigInteger.valueOf(queries));
        }
    }

    static Optional<ModelListing> of(BigInteger modelId) {
        return findByIdOptional(modelId);
    }

    /** In the order of the contract. */
    public List<Tier> tiers() {
        return read(tiers, new TypeReference<>() {});
    }

    /** As the owner wrote it. */
    public String endpoint() {
        return read(endpoint, new TypeReference<>() {});
    }

    void offer(String json) {
        tiers = json;
        lowestPrice = tiers().stream()
                .map(Tier::priceKey)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored listing of model " + modelId + " is malformed", e);
        }
    }
}
