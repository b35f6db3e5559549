package org.zkml.prover.cli;

import picocli.CommandLine.Command;

/** {@code zkml metric}. */
@Command(
        name = "metric",
        mixinStandardHelpOptions = true,
        description = "Proves on chain how good a campaign's models are on committed data sets.",
        subcommands = MetricProveCommand.class)
final class MetricCommand extends CommandGroup {}
