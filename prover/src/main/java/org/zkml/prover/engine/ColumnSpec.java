package org.zkml.prover.engine;

/** A committed multilinear polynomial of a relation. */
public record ColumnSpec(String name, int numVars, Kind kind) {

    /** Where a column's commitment comes from. */
    public enum Kind {
        /** Public table, committed without blinder; pinned by the verifying key. */
        FIXED,
        /** Committed before the proof; part of the statement. */
        EXTERNAL,
        /** Committed in the proof before the first challenges. */
        FIRST_PHASE,
        /** Committed in the proof after the first challenges. */
        SECOND_PHASE
    }
}
