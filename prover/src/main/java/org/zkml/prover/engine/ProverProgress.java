package org.zkml.prover.engine;

/** Told when the prover enters a phase: columns, lookups, first sum-check, second sum-check, opening, self-verification, done. */
@FunctionalInterface
public interface ProverProgress {

    ProverProgress SILENT = phase -> {};

    void phase(String name);
}
