package org.zkml.prover.cli;

import picocli.CommandLine.Command;

/** {@code zkml aggregate}. */
@Command(
        name = "aggregate",
        mixinStandardHelpOptions = true,
        description = "Averages the models of a campaign, for its aggregators.",
        subcommands = AggregateRunCommand.class)
final class AggregateCommand extends CommandGroup {}
