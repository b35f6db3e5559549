package org.zkml.backend.inference;

/** Whether an answer is proved. */
public enum ProofState {
    /** Nobody has asked for a proof yet. */
    NONE,
    /** It will be proved. */
    ASKED,
    PROVED,
    /** The receipt's term was over before, or an earlier answer's of the pass, without which this one is not paid; it never will be. */
    LAPSED
}
