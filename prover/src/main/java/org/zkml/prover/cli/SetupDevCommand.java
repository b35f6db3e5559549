package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Ceremony;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml setup dev}. */
@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a setup for development in one step.",
            "It is flagged unsafe, and refused on any chain but 31337."
        },
        footer = {"", "Example:", "  zkml setup dev --power 17 dev.srs"})
final class SetupDevCommand implements Callable<Integer> {

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
        final Ceremony ceremony;
        try (ProgressBar progress = new ProgressBar(console, SetupOutput.PHASES)) {
            ceremony = Ceremony.development(power.checked(), progress::part);
        }
        return output.write(file, ceremony, console);
    }
}
