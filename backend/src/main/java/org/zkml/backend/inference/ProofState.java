package org.zkml.backend.inference;

/** Whether an answer is proved. */
public enum ProofState {
    /** Nobody has asked for a proof yet. */
    NONE,
    /** It will be proved. */
    ASKED,
    PROVED
}
