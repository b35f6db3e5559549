package org.zkml.prover.cli;

import picocli.CommandLine.Option;

/** A data set that is committed in the workspace. */
final class DatasetOption {

    @Option(
            names = "--name",
            defaultValue = "data",
            description = "The data set's name in the workspace (default: ${DEFAULT-VALUE}).")
    private String name;

    String name() {
        return name;
    }
}
