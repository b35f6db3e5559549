package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.InferenceContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zkml pass}. */
@Command(
        name = "pass",
        mixinStandardHelpOptions = true,
        description =
                "Passes for asking models: so many rows within a term. The price waits in the market, and is released row by row.",
        subcommands = {PassBuyCommand.class, PassShowCommand.class, PassCloseCommand.class})
final class PassCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(console.terminal().err());
        return ExitCode.USAGE.value();
    }

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
