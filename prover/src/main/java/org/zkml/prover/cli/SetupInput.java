package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Progress;

/** Reads whole setups, and extends ceremonies. */
final class SetupInput {

    private static final List<String> PHASES =
            List.of("reading powers", "checking points", "checking powers", "multiplying powers");

    private SetupInput() {}

    static Ceremony read(Path file, Console console) {
        try (ProgressBar progress = new ProgressBar(console, PHASES)) {
            return SetupOption.open(file).readAll(progress::part);
        } catch (IOException e) {
            throw SetupOption.unreadable(file, e);
        }
    }

    /** Runs one step of a ceremony; it refuses a false, finished or foreign one. */
    static Ceremony extend(Console console, Function<Progress, Ceremony> step) {
        try (ProgressBar progress = new ProgressBar(console, PHASES)) {
            return step.apply(progress::part);
        } catch (IllegalStateException e) {
            throw new CommandException(ExitCode.BAD_INPUT, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        }
    }
}
