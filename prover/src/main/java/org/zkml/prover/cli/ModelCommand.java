package org.zkml.prover.cli;

import picocli.CommandLine.Command;

/** {@code zkml model}. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = {
            "Gets, exports and offers the averaged models of a campaign.",
            "Seats and aggregators use them, the owner sells the last one."
        },
        subcommands = {
            ModelFetchCommand.class,
            ModelHandOverCommand.class,
            ModelExportCommand.class,
            ModelListCommand.class,
            ModelUnlistCommand.class
        })
final class ModelCommand extends CommandGroup {}
