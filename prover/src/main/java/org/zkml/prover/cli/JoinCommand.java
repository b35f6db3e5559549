package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.cli.chain.RegistryContract;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.training.LearningCurve;
import org.zkml.prover.training.TrainingTrace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml join}. */
@Command(
        name = "join",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a seat in a campaign for a registered data set.",
            "Tries the campaign's training on the data first: what cannot be proved should not join."
        },
        footer = {
            "",
            "Examples:",
            "  zkml join --campaign 1 -w hospital-a",
            "  zkml join --campaign 1 --allow-list allow-list.json --direct --yes -w hospital-a"
        })
final class JoinCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SendOptions send;

    @Mixin
    private CampaignOption campaignOption;

    @Mixin
    private DatasetOption dataset;

    @Option(
            names = "--allow-list",
            paramLabel = "FILE",
            description =
                    "The campaign's allow-list. Without it, it is asked of the server. Its root is checked against the chain.")
    private Path allowList;

    @Mixin
    private CompanyOption company;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final Campaign campaign = contract.campaign(campaignOption.id());
            final Address account = opened.settings().account();
            final Seat taken = contract.seat(campaign.id(), account);
            if (taken != null) {
                return report(campaign.id(), taken, null);
            }
            campaign.requireState(CampaignState.OPEN);
            company.requirePossible(campaign, account);
            CampaignSession.requireAggregatorKeys(
                    campaign.id(),
                    new RoundsContract(chain, opened.deployment().trainingCampaigns()),
                    new CampaignEvents(
                            chain,
                            opened.deployment(),
                            campaign.id(),
                            RoundsOption.confirmations(RoundsOption.DEFAULT, chain.chainId())));
            try (RoundInputs inputs = TrainingRound.of(campaign.task(), true, dataset.name(), opened)
                    .unlock(opened, passphrase, console, new SetupOption())) { // round 0 needs none
                MarketCheck.require(
                        chain, opened.deployment(), inputs.round().dataset().key());
                requireRegistered(chain, opened, inputs);
                rehearse(inputs);
                final AllowList.Entry entry =
                        new AllowList.Entry(account, campaign.terms().rowCap());
                final AllowList list = campaign.terms().openToAll() ? null : allowList(opened, campaign);
                final AllowList.Entry own = list == null ? entry : entryOf(list, account);
                send.confirm(console, opened, leaving(campaign, inputs.round().dataset(), own));
                final Receipt receipt = join(opened, chain, campaign, inputs, list, own);
                chain.awaitBlock(receipt.block());
                final Seat seat = contract.seat(campaign.id(), account);
                if (seat == null
                        || !Arrays.equals(seat.datasetId(), inputs.round().datasetId())) {
                    throw new CommandException(
                            ExitCode.REFUSED, "transaction " + receipt.transactionHash() + " did not take the seat");
                }
                JsonFile.write(
                        opened.campaignFolder(campaign.id()).resolve("seat.json"),
                        receipt.writeTo(result(campaign.id(), seat)));
                return report(campaign.id(), seat, receipt);
            }
        }
    }

    private static void requireRegistered(Chain chain, Workspace opened, RoundInputs inputs) {
        final RegistryContract registry =
                new RegistryContract(chain, opened.deployment().datasetRegistry());
        final RegisteredDataset registered = registry.dataset(inputs.round().datasetId());
        if (registered == null) {
            throw new CommandException(
                    ExitCode.CONFLICT, "the data set is not registered; run \"zkml register\" first");
        }
        if (registered.retired()) {
            throw new CommandException(ExitCode.REFUSED, "the data set is retired; register another");
        }
    }

    /** Trains once: a value out of range stops here, before anybody counts on this provider. */
    private void rehearse(RoundInputs inputs) {
        final TrainingRun run = new TrainingRun(inputs.round());
        final TrainingTrace trace = run.train(inputs);
        final LearningCurve curve = LearningCurve.of(
                trace, run.table(), inputs.data().x(), inputs.realData().y());
        trace.wipe();
        if (curve.diverged()) {
            console.warn(TrainCommand.DIVERGED);
        }
    }

    private AllowList allowList(Workspace opened, Campaign campaign) {
        if (allowList == null) {
            return new CampaignDocuments(SendOptions.server(opened)).allowList(campaign.terms());
        }
        final AllowList list = AllowList.read(JsonFile.read(allowList));
        CampaignDocuments.requireSame(
                "allow-list", list.root(), campaign.terms().allowList());
        return list;
    }

    private static AllowList.Entry entryOf(AllowList list, Address account) {
        final AllowList.Entry entry = list.entry(account);
        if (entry == null) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "account " + account + " is not on the campaign's allow-list; ask the campaign's owner");
        }
        return entry;
    }

    private Receipt join(
            Workspace opened, Chain chain, Campaign campaign, RoundInputs inputs, AllowList list, AllowList.Entry own) {
        final Identity identity = inputs.secrets().identity();
        final byte[] x25519Key = identity.x25519PublicKey();
        final byte[] mlKemKey = identity.mlKemPublicKey();
        final Authorization authorization = new MessageSigner(identity, opened.deployment())
                .join(campaign.id(), inputs.round().datasetId(), own.rowCap(), x25519Key, mlKemKey, chain.tomorrow());
        return send.relay(opened, chain, inputs.vault(), console)
                .join(new SeatRequest(
                        campaign.id(),
                        own.account(),
                        inputs.round().datasetId(),
                        own.rowCap(),
                        x25519Key,
                        mlKemKey,
                        list == null ? List.of() : list.path(own),
                        authorization));
    }

    private static List<String> leaving(Campaign campaign, DatasetStatement dataset, AllowList.Entry own) {
        return List.of(
                "account     " + own.account(),
                "campaign    " + campaign.id() + " of " + campaign.owner(),
                "data set    " + Hex.of(DatasetId.of(dataset)) + ", " + dataset.n() + " rows",
                "row cap     " + own.rowCap(),
                "keys        X25519 and ML-KEM-768, to encrypt to this account",
                "signature   of the account",
                "and, of every round: the commitment of the model trained here, with a zero-knowledge proof");
    }

    private static ObjectNode result(BigInteger campaignId, Seat seat) {
        return Console.object()
                .put("campaignId", campaignId.toString())
                .put("datasetId", Hex.of(seat.datasetId()))
                .put("weight", seat.weight());
    }

    private int report(BigInteger campaignId, Seat seat, Receipt receipt) {
        final ObjectNode result = result(campaignId, seat).put("repeated", receipt == null);
        console.say(
                "%s seat in campaign %s: %d rows count.",
                receipt == null ? "There is a" : "Took a", campaignId, seat.weight());
        if (receipt != null) {
            receipt.writeTo(result);
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
        }
        console.result(result);
        return ExitCode.DONE.value();
    }
}
