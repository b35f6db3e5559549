package org.zkml.backend.chain.index;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** Where the chain says so: the event that a row was made from. */
@Embeddable
public class ChainPosition {

    @Column(name = "block_number")
    public long blockNumber;

    @Column(name = "log_index")
    public int logIndex;

    @Column(name = "transaction_hash")
    public String transactionHash;

    /** By the whole transaction. */
    @Column(name = "gas_used")
    public long gasUsed;

    public static ChainPosition of(ChainEvent event) {
        final ChainPosition position = new ChainPosition();
        position.blockNumber = event.blockNumber;
        position.logIndex = event.logIndex;
        position.transactionHash = event.transactionHash;
        position.gasUsed = event.gasUsed;
        return position;
    }
}
