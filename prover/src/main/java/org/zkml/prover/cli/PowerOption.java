package org.zkml.prover.cli;

import org.zkml.prover.commitment.Ceremony;
import picocli.CommandLine.Option;

/** How large a setup is to be. */
final class PowerOption {

    @Option(
            names = "--power",
            required = true,
            paramLabel = "K",
            description =
                    "The setup gets 2^K powers: as many as the largest padded table of a proof has entries (rows times features,"
                            + " rows times steps), at least 17 for 16 limb bits.")
    private int power;

    int checked() {
        if (power < 1 || power > Ceremony.MAX_LOG_SIZE) {
            throw new CommandException(
                    ExitCode.USAGE, "--power " + power + ": write a number from 1 to " + Ceremony.MAX_LOG_SIZE);
        }
        return power;
    }
}
