package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Ceremony;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml setup new}. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Starts a ceremony that nobody has contributed to yet: unsafe until somebody has.",
        footer = {"", "Example:", "  zkml setup new --power 20 round-0.srs"})
final class SetupNewCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private SetupOutput output;

    @Mixin
    private PowerOption power;

    @Parameters(paramLabel = "FILE", description = "The setup to be written.")
    private Path file;

    @Override
    public Integer call() {
        output.requireFree(file);
        return output.write(file, Ceremony.start(power.checked()), console);
    }
}
