package org.zkml.prover.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How much is asked at once, and how long proofs are waited for. */
final class AskPace {

    /** What a seller's instance takes unless it is told otherwise (docs/operations.md), rows. */
    private static final int LARGEST_BATCH = 1024;

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "ROWS",
            description = "Rows of a query, at most " + LARGEST_BATCH
                    + ": as many are at risk with a seller that does not answer (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--unproved",
            defaultValue = "0",
            paramLabel = "ROWS",
            description =
                    "Rows that may wait for their proofs when the next query is signed (default: ${DEFAULT-VALUE}).")
    private long unproved;

    @Option(
            names = "--patience",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "Longest wait for a proof (default: ${DEFAULT-VALUE}).")
    private long patience;

    void requireUsable() {
        require(batch >= 1 && batch <= LARGEST_BATCH, "--batch " + batch + ": write 1 to " + LARGEST_BATCH + " rows");
        require(unproved >= 0, "--unproved " + unproved + ": write 0 rows or more");
        require(patience >= 1, "--patience " + patience + ": write 1 second or more");
    }

    private static void require(boolean usable, String problem) {
        if (!usable) {
            throw new CommandException(ExitCode.USAGE, problem);
        }
    }

    int batch() {
        return batch;
    }

    long unproved() {
        return unproved;
    }

    long patienceNanos() {
        return Duration.ofSeconds(patience).toNanos();
    }
}
