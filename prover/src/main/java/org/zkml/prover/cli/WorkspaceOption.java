package org.zkml.prover.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which workspace a command works in. */
final class WorkspaceOption {

    static final String VARIABLE = "ZKML_WORKSPACE";

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            description = "The workspace's folder. Without it: the variable " + VARIABLE + ", else this folder.")
    private Path folder;

    Path folder(Console console) {
        return folder != null
                ? folder
                : Path.of(console.terminal().environment().getOrDefault(VARIABLE, "."));
    }

    Workspace open(Console console) {
        return Workspace.open(folder(console));
    }
}
