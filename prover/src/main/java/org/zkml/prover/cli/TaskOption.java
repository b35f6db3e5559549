package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is to be trained: a campaign on chain, or a task in a file. */
final class TaskOption {

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** Exactly one of the two. */
    private static final class Source {
        @Option(
                names = {"-c", "--campaign"},
                paramLabel = "ID",
                description = "The campaign, whose present round is read from the chain.")
        private BigInteger campaign;

        @Option(
                names = "--task",
                paramLabel = "FILE",
                description = "A task in a file: to try things out, without a chain.")
        private Path file;
    }

    @Mixin
    private DatasetOption dataset;

    String dataset() {
        return dataset.name();
    }

    /** The campaign, or null. */
    BigInteger campaign() {
        return source.campaign;
    }

    /** The task's file, or null. */
    Path file() {
        return source.file;
    }
}
