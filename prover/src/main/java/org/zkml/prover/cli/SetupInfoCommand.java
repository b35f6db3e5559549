package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.SetupFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml setup info}. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Shows size, origin and contributions of a setup, without checking its powers.",
        footer = {"", "Example:", "  zkml setup info final.srs --json"})
final class SetupInfoCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Parameters(paramLabel = "FILE", description = "The setup.")
    private Path file;

    @Override
    public Integer call() {
        final SetupFile setup = SetupOption.open(file);
        console.result(SetupOutput.describe(file, setup.logSize(), setup.verifierKey(), setup.history(), console));
        return ExitCode.DONE.value();
    }
}
