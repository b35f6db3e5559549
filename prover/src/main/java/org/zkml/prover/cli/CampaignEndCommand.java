package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml campaign finish}. */
@Command(
        name = "finish",
        aliases = "end",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a campaign, or a round, whose time is over.",
            "That is a campaign that found too few providers, or a round that nobody averaged. Anybody may; "
                    + "rewards of what was contributed are released. Contributions whose disputes nobody answered are excluded first."
        },
        footer = {"", "Example:", "  zkml campaign finish 1 -w owner"})
final class CampaignEndCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Parameters(paramLabel = "ID", description = "The campaign's number.")
    private BigInteger id;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final ObjectNode result = Console.object().put("campaignId", id.toString());
            final Campaign campaign = contract.campaign(id);
            if (campaign.state() == CampaignState.CANCELLED || campaign.state() == CampaignState.FINISHED) {
                console.say("Campaign %s is %s already.", id, campaign.state().id());
                console.result(result.put("state", campaign.state().id()).put("repeated", true));
                return ExitCode.DONE.value();
            }
            final Receipt receipt;
            try (Vault vault = opened.unlock(passphrase, console)) {
                final TransactionSender sender = fee.sender(chain, vault, console);
                exclude(opened, chain, campaign, sender, result.putArray("excluded"));
                receipt = contract.end(sender, campaign);
            }
            final String state = contract.campaign(id).state().id();
            console.say("Campaign %s is %s.", id, state);
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
            console.result(receipt.writeTo(result.put("state", state).put("repeated", false)));
        }
        return ExitCode.DONE.value();
    }

    /** A round with a dispute that nobody answered does not end before its contribution is out. */
    private void exclude(
            Workspace opened, Chain chain, Campaign campaign, TransactionSender sender, ArrayNode excluded) {
        final RoundsContract rounds =
                new RoundsContract(chain, opened.deployment().trainingCampaigns());
        final RoundId round = opened.deployment().round(id, campaign.round());
        final CampaignEvents events = new CampaignEvents(chain, opened.deployment(), id, 0);
        final List<Contributor> due = Exclusions.due(campaign, events);
        requireOver(campaign, events, rounds, due);
        for (Contributor contributor : due) {
            final Receipt receipt;
            try {
                receipt = rounds.exclude(sender, round, contributor);
            } catch (ContractRefusedException e) {
                events.refresh();
                if (Exclusions.due(campaign, events).contains(contributor)) {
                    throw e;
                }
                continue; // somebody was faster
            }
            final String provider = Address.of(contributor.account()).toString();
            console.say(
                    "Round %d: %s did not answer in time and is excluded; transaction %s.",
                    campaign.round(), provider, receipt.transactionHash());
            excluded.add(receipt.writeTo(Console.object().put("provider", provider)));
        }
    }

    /** Nobody is excluded here from a round that can still be averaged: that is for its aggregators. */
    private static void requireOver(
            Campaign campaign, CampaignEvents events, RoundsContract rounds, List<Contributor> due) {
        if (due.isEmpty()) {
            return;
        }
        final long left = rounds.sums(campaign.id(), campaign.round()).contributors() - due.size();
        final long end = campaign.deadlines().aggregation();
        if (left >= campaign.terms().minProviders() && events.head().time() < end) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "round " + campaign.round() + " of campaign " + campaign.id() + " can still be averaged, until "
                            + Instant.ofEpochSecond(end) + "; run the command again then");
        }
    }
}
