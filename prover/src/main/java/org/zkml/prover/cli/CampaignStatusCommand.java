package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml campaign status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows a campaign as the chain has it.",
        footer = {"", "Example:", "  zkml campaign status 1 -w owner"})
final class CampaignStatusCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Parameters(paramLabel = "ID", description = "The campaign's number.")
    private BigInteger id;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final Campaign campaign = contract.campaign(id);
            final CampaignTerms terms = campaign.terms();
            console.say(
                    "Campaign %s of %s: %s, round %d of %d",
                    id, campaign.owner(), campaign.state().id(), campaign.round(), terms.rounds());
            console.say("  schema       %s", Hex.of(terms.schemaHash()));
            console.say(
                    "  model        %s, %d features, %d steps, rate %s, decay %s, %d bits",
                    terms.kind().id(), terms.feat(), terms.steps(), terms.rate(), terms.decay(), terms.b());
            console.say(
                    "  seats        %d (at least %d, at most %d)",
                    campaign.seats(), terms.minProviders(), terms.maxProviders());
            console.say(
                    "  reward       %s tokens a row, at most %d rows a seat",
                    Tokens.text(terms.rewardPerRow()), terms.rowCap());
            sayDeadlines(campaign.deadlines());
            final ObjectNode result = campaign.write();
            final CampaignEvents events = new CampaignEvents(chain, opened.deployment(), id, 0);
            RoundStates.show(console, campaign, events, result);
            console.result(result);
        }
        return ExitCode.DONE.value();
    }

    private void sayDeadlines(Campaign.Deadlines deadlines) {
        console.say("  begins       %s", Instant.ofEpochSecond(deadlines.begin()));
        console.say("  contribute   until %s", Instant.ofEpochSecond(deadlines.contribution()));
        console.say(
                "  shares       arrive until %s, disputes until %s",
                Instant.ofEpochSecond(deadlines.dispute()), Instant.ofEpochSecond(deadlines.share()));
        console.say("  answers      to disputes until %s", Instant.ofEpochSecond(deadlines.answer()));
        console.say("  average      until %s", Instant.ofEpochSecond(deadlines.aggregation()));
    }
}
