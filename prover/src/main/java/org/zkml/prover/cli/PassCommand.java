package org.zkml.prover.cli;

import java.math.BigInteger;
import org.zkml.prover.cli.chain.InferenceContract;
import picocli.CommandLine.Command;

/** {@code zkml pass}. */
@Command(
        name = "pass",
        mixinStandardHelpOptions = true,
        description = {
            "Buys, shows and ends passes for asking models.",
            "A pass is for so many rows within a term. The price waits in the market, and is released row by row."
        },
        subcommands = {PassBuyCommand.class, PassShowCommand.class, PassCloseCommand.class})
final class PassCommand extends CommandGroup {

    /** A pass that there is. */
    static Pass require(InferenceContract market, BigInteger id) {
        final Pass pass = market.pass(id);
        if (pass == null) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "there is no pass " + id + ": the market has sold passes 1 to " + market.passes()
                            + "; buy one with \"zkml pass buy\"");
        }
        return pass;
    }
}
