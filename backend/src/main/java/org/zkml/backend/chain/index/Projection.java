package org.zkml.backend.chain.index;

/**
 * Tables that are made from events and from nothing else. Events of a scope are applied in the chain's order; what one scope's events make is
 * removed by {@link #forget} and made again by applying what is left of them.
 */
public interface Projection {

    /** Adds what the event says; ignores events that it does not know. */
    void apply(ChainEvent event);

    /** Removes everything that events of this scope made. */
    void forget(String scope);

    /** Removes everything. */
    void forgetAll();
}
