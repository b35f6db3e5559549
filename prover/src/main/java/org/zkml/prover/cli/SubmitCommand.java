package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml submit}. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Contributes the proved model of the present round to a campaign.",
            "Commitments and the proof, signed by the account; then the shares go to the aggregators."
        },
        footer = {
            "",
            "Examples:",
            "  zkml submit --campaign 1 -w hospital-a",
            "  zkml submit --campaign 1 --direct --yes -w hospital-a",
            "",
            "The model itself does not leave: it is split into shares, one an aggregator, which say nothing unless all are put together."
        })
final class SubmitCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private SendOptions send;

    @Mixin
    private CampaignOption campaignOption;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Where \"zkml prove\" wrote the proof, if not into the workspace.")
    private Path from;

    @Mixin
    private CompanyOption company;

    @Option(
            names = "--report",
            description =
                    "Also tell the server, without proof, how long the proof took and how good the model is here.")
    private boolean report;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Address account = opened.settings().account();
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final Campaign campaign = contract.campaign(campaignOption.id());
            final Seat seat = contract.seat(campaign.id(), account);
            if (seat == null) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        account + " has no seat in campaign " + campaign.id() + "; run \"zkml join\" first");
            }
            final boolean repeated = seat.nextRound() > campaign.round();
            final Submission submission = repeated ? null : submission(opened, chain, campaign, seat);
            try (CampaignSession session = CampaignSession.open(
                    console, false, opened, passphrase, setup, send.fee(), campaign.id(), RoundsOption.DEFAULT)) {
                final Receipt receipt = repeated
                        ? null
                        : submission.send(
                                submission.sign(session.vault(), session.committer()),
                                send.relay(opened, chain, session.sender()));
                final Supplier<ShareRelay> relay = send.shareRelays(opened, chain, session.sender());
                return report(campaign, receipt, sendShares(session, campaign, relay));
            }
        }
    }

    private Submission submission(Workspace opened, Chain chain, Campaign campaign, Seat seat) {
        campaign.requireState(CampaignState.RUNNING);
        company.require(campaign, opened.settings().account());
        CompanyOption.warnOfWeight(console, seat, new CampaignEvents(chain, opened.deployment(), campaign.id(), 0));
        final ProofFiles files =
                new ProofFiles(from != null ? from : opened.roundFolder(campaign.id(), campaign.round()));
        final Submission submission = Submission.read(chain, opened, campaign, seat, files, report);
        send.confirm(console, opened, submission.leaving());
        return submission;
    }

    private ShareDelivery.Delivered sendShares(CampaignSession session, Campaign campaign, Supplier<ShareRelay> relay) {
        if (!session.mailbox().hasServer()) {
            console.warn("the workspace knows no server, so the aggregators have not got their shares yet;"
                    + " run \"zkml shares\", which publishes them encrypted, or the contribution will be excluded");
            return ShareDelivery.Delivered.NONE;
        }
        session.events().refresh();
        return new ShareDelivery(session, relay).send(campaign);
    }

    private int report(Campaign campaign, Receipt receipt, ShareDelivery.Delivered delivered) {
        final ObjectNode result = Console.object()
                .put("campaignId", campaign.id().toString())
                .put("round", campaign.round())
                .put("repeated", receipt == null)
                .put("sharesSent", delivered.sent())
                .put("sharesAcknowledged", delivered.acknowledged());
        if (receipt == null) {
            console.say(
                    "Round %d of campaign %s has this account's contribution already.",
                    campaign.round(), campaign.id());
        } else {
            receipt.writeTo(result);
            console.say("Contributed to round %d of campaign %s.", campaign.round(), campaign.id());
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
        }
        console.say(
                "  shares      %d sent to aggregators, %d acknowledged; look again with \"zkml shares\" or let \"zkml participate\" do it",
                delivered.sent(), delivered.acknowledged());
        console.result(result);
        return ExitCode.DONE.value();
    }
}
