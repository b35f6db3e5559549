package org.zkml.prover.cli;

import picocli.CommandLine.Command;

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
final class CampaignCommand extends CommandGroup {}
