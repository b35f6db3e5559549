package org.zkml.backend.chain.relay;

import java.time.Instant;
import org.zkml.backend.chain.index.ChainPosition;

/**
 * Where a resource that is brought about by a relayed message stands.
 *
 * @param id the resource's
 * @param state what the chain says, else what the outbox says
 * @param transactionHash in the chain, else sent last; null before
 * @param blockNumber null before it is mined
 * @param gasUsed null before it is mined
 * @param failure null unless it failed
 * @param createdAt when it was asked for; for what others sent, when it was mined
 */
public record Relayed(
        String id,
        RelayState state,
        String transactionHash,
        Long blockNumber,
        Long gasUsed,
        Failure failure,
        Instant createdAt) {

    /** The contract's typed error, by name and with its values. */
    public record Failure(String error, String detail) {}

    /** Of a message whose effect is not in the chain, as far as is known. */
    static Relayed of(String id, RelayedMessage message) {
        return new Relayed(
                id,
                message.state,
                message.transactionHash,
                message.blockNumber,
                message.gasUsed,
                message.state == RelayState.FAILED ? new Failure(message.failureError, message.failureDetail) : null,
                message.createdAt);
    }

    /**
     * As it is shown while the projection does not have the effect: what is mined has all its members, so it does not count as mined
     * before the indexer has come to its block.
     */
    public Relayed notIndexed() {
        final boolean mined = state == RelayState.MINED || state == RelayState.FINAL;
        return mined ? new Relayed(id, RelayState.SENT, transactionHash, null, null, null, createdAt) : this;
    }

    /** Of an effect that is in the chain, whoever sent it. */
    static Relayed of(String id, ChainPosition position, Instant time, boolean settled, RelayedMessage message) {
        final boolean ours = message != null && position.transactionHash.equals(message.transactionHash);
        return new Relayed(
                id,
                settled ? RelayState.FINAL : RelayState.MINED,
                position.transactionHash,
                position.blockNumber,
                position.gasUsed,
                null,
                ours ? message.createdAt : time);
    }
}
