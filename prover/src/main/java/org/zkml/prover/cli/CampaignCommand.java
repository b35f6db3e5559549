package org.zkml.prover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code zkml campaign}. */
@Command(
        name = "campaign",
        mixinStandardHelpOptions = true,
        description = "Opens campaigns and shows them: for their owners, aggregators and governance.",
        subcommands = {
            CampaignGrantCommand.class,
            CampaignConsentCommand.class,
            CampaignOpenCommand.class,
            CampaignPublishCommand.class,
            CampaignStatusCommand.class,
            CampaignDocumentsCommand.class,
            CampaignEndCommand.class
        },
        footer = {"", "Governance grants the owner a budget; every aggregator but the owner consents; the owner opens."
        })
final class CampaignCommand implements Callable<Integer> {

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
