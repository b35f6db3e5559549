package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.backend.chain.index.IndexerCursor;

/** Where resources stand, from outbox and projection together. Answers also while the node is away. */
@ApplicationScoped
public class RelayStatus {

    private final Chain chain;

    RelayStatus(Chain chain) {
        this.chain = chain;
    }

    /**
     * Of something that no projection has.
     *
     * @param resource the outbox's name of it
     * @param id its own
     * @return none if nobody asked for it
     */
    public Optional<Relayed> ofMessage(String resource, String id) {
        return ofTransaction(resource, id).map(Relayed::notIndexed);
    }

    /**
     * Of a transaction that no projection shows the effect of.
     *
     * @param resource the outbox's name of it
     * @param id its own
     * @return none if nobody asked for it
     */
    public Optional<Relayed> ofTransaction(String resource, String id) {
        return RelayedMessage.ofResource(resource).map(message -> Relayed.of(id, message));
    }

    /** Of the message that was stored last among those whose resource begins so. */
    public Optional<Relayed> ofLastMessage(String resourcePrefix, String id) {
        return RelayedMessage.<RelayedMessage>find("resource like ?1 order by id desc", resourcePrefix + "%")
                .firstResultOptional()
                .map(message -> Relayed.of(id, message));
    }

    /** Of something that a projection has. */
    public Relayed ofChain(String resource, String id, ChainPosition position, Instant time) {
        return Relayed.of(
                id,
                position,
                time,
                isFinal(position.blockNumber),
                RelayedMessage.ofResource(resource).orElse(null));
    }

    private boolean isFinal(long block) {
        return IndexerCursor.current()
                .map(cursor -> cursor.isFinal(block, chain.confirmations(cursor.chainId)))
                .orElse(false);
    }
}
