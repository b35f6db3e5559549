package org.zkml.prover.cli;

import picocli.CommandLine.Command;

/** {@code zkml setup}: powers of tau. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = "Makes, extends, checks and imports setups (powers of tau).",
        subcommands = {
            SetupNewCommand.class,
            SetupContributeCommand.class,
            SetupFinishCommand.class,
            SetupVerifyCommand.class,
            SetupImportCommand.class,
            SetupDevCommand.class,
            SetupInfoCommand.class
        },
        footer = {
            "",
            "A ceremony: \"setup new\" by anybody, then \"setup contribute\" by each participant in turn on the file of the one before,",
            "then \"setup finish\" with a public random value. Sound as long as one participant forgot its secret.",
            "A development setup (\"setup dev\") is one command, and good for chain 31337 only."
        })
final class SetupCommand extends CommandGroup {}
