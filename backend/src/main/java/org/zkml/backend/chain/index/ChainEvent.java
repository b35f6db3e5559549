package org.zkml.backend.chain.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;

/** An event of the contracts as it is in the chain. */
@Entity
@Table(name = "chain_event")
@IdClass(ChainEvent.Key.class)
public class ChainEvent extends PanacheEntityBase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** An event's place in the chain. */
    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public long blockNumber;
        public int logIndex;

        public Key() {}

        public Key(long blockNumber, int logIndex) {
            this.blockNumber = blockNumber;
            this.logIndex = logIndex;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.blockNumber == blockNumber && key.logIndex == logIndex;
        }

        @Override
        public int hashCode() {
            return Objects.hash(blockNumber, logIndex);
        }
    }

    @Id
    @Column(name = "block_number")
    public long blockNumber;

    /** Within the block. */
    @Id
    @Column(name = "log_index")
    public int logIndex;

    @Column(name = "block_hash")
    public String blockHash;

    /** Unix seconds. */
    @Column(name = "block_time")
    public long blockTime;

    @Column(name = "transaction_hash")
    public String transactionHash;

    /** By the whole transaction. */
    @Column(name = "gas_used")
    public long gasUsed;

    /** The contract's address. */
    public String address;

    /** The contract's name. */
    public String contract;

    public String name;

    /** The campaign that it is about, or whose model, if any. */
    @Column(name = "campaign_id", precision = 78, scale = 0)
    public BigInteger campaignId;

    /** What it is about: events of one scope make up a part of the projections that stands by itself. */
    public String scope;

    /** JSON object: integers as decimal strings, bytes and addresses as 0x-hex, structs as objects. */
    @Column(length = 1_000_000)
    public String arguments;

    public JsonNode arguments() {
        try {
            return MAPPER.readTree(arguments);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("arguments of event " + blockNumber + "." + logIndex + " are no JSON", e);
        }
    }

    public Instant time() {
        return Instant.ofEpochSecond(blockTime);
    }
}
