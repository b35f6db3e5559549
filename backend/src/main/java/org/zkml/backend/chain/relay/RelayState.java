package org.zkml.backend.chain.relay;

/** Where a message stands. */
public enum RelayState {
    /** Stored; no transaction yet. */
    PLANNED,
    /** A transaction is signed and stored, and has probably been sent. */
    SENT,
    /** In a block. */
    MINED,
    /** In a block that is deep enough. */
    FINAL,
    /** The contract refuses it, before it was sent or in its block. */
    FAILED
}
