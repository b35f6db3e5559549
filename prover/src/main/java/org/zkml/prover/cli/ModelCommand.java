package org.zkml.prover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zkml model}. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description =
                "The averaged models of a campaign: for its seats and aggregators to use, and for its owner to sell.",
        subcommands = {
            ModelFetchCommand.class,
            ModelHandOverCommand.class,
            ModelExportCommand.class,
            ModelListCommand.class,
            ModelUnlistCommand.class
        })
final class ModelCommand implements Callable<Integer> {

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
