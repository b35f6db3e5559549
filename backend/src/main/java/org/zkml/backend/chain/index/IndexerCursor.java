package org.zkml.backend.chain.index;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.zkml.backend.chain.Deployment;

/** How far the chain has been read, and which chain that is. */
@Entity
@Table(name = "indexer_cursor")
public class IndexerCursor extends PanacheEntityBase {

    static final int ONLY = 1;

    @Id
    public int id;

    @Column(name = "chain_id", precision = 78, scale = 0)
    public BigInteger chainId;

    @Column(name = "genesis_hash")
    public String genesisHash;

    public String registry;
    public String campaigns;

    /** Null where the deployment has no such contract, or had none when reading began. */
    public String inference;

    /** Null like {@link #inference}. */
    public String metrics;

    /** Last block that has been read; the one before the first if none has. */
    @Column(name = "block_number")
    public long blockNumber;

    @Column(name = "block_hash")
    public String blockHash;

    /** The chain's last block when it was last looked at. */
    @Column(name = "head_number")
    public long headNumber;

    /** The time that the next block would have had then, Unix seconds. */
    @Column(name = "chain_time")
    public long chainTime;

    /** Reorganisations seen so far. */
    public long reorganisations;

    @Column(name = "updated_at")
    public Instant updatedAt;

    /** None until the chain was looked at for the first time. */
    public static Optional<IndexerCursor> current() {
        return findByIdOptional(ONLY);
    }

    /** Blocks of the chain that have not been read. */
    public long lag() {
        return Math.max(0, headNumber - blockNumber);
    }

    /** Whether blocks above {@code depth} others count as final. */
    public boolean isFinal(long block, int depth) {
        return headNumber - block >= depth;
    }

    /** Whether nothing was read or undone between this row and the other. */
    boolean isAt(IndexerCursor other) {
        return blockNumber == other.blockNumber
                && reorganisations == other.reorganisations
                && Objects.equals(blockHash, other.blockHash);
    }

    boolean isOf(Deployment deployment) {
        return chainId.equals(deployment.chainId())
                && genesisHash.equals(deployment.genesisHash())
                && registry.equals(deployment.registry())
                && campaigns.equals(deployment.campaigns())
                && (inference == null || inference.equals(deployment.inference()))
                && (metrics == null || metrics.equals(deployment.metrics()));
    }

    /** Whether the deployment has got a contract whose events were not read. */
    boolean lacksContractsOf(Deployment deployment) {
        return inference == null && deployment.inference() != null || metrics == null && deployment.metrics() != null;
    }
}
