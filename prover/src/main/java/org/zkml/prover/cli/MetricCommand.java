package org.zkml.prover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zkml metric}. */
@Command(
        name = "metric",
        mixinStandardHelpOptions = true,
        description = "Proves on chain how good a campaign's models are on committed data sets.",
        subcommands = MetricProveCommand.class)
final class MetricCommand implements Callable<Integer> {

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
