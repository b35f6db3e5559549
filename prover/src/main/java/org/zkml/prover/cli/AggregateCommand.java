package org.zkml.prover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zkml aggregate}. */
@Command(
        name = "aggregate",
        mixinStandardHelpOptions = true,
        description = "Averages the models of a campaign, for its aggregators.",
        subcommands = AggregateRunCommand.class)
final class AggregateCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(console.terminal().err());
        return ExitCode.USAGE.value();
    }
}
