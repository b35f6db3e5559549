package org.zkml.prover.cli;

import picocli.CommandLine.Option;

/** Whether something that cannot be taken back may be done. */
final class Confirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask before anything is sent.")
    private boolean yes;

    /** @param what is about to happen, shown before by the caller */
    void require(Console console, String what) {
        if (yes) {
            return;
        }
        if (!console.terminal().isInteractive()) {
            throw new CommandException(ExitCode.USAGE, "nobody is there to ask whether to " + what + "; use --yes");
        }
        final String answer = console.terminal().person().ask("Really " + what + "? [y/N] ");
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new CommandException(ExitCode.USAGE, "nothing was sent");
        }
    }
}
