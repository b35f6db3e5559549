package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml model fetch}. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Gets the averaged model that an aggregator has left for this account's seat.",
            "It is kept in the vault, if it opens the commitment on chain and all its weights are in range. "
                    + "Training does it by itself."
        },
        footer = {
            "",
            "Examples:",
            "  zkml model fetch --campaign 1 -w hospital-a",
            "  zkml model fetch --campaign 1 --from model.json -w hospital-a"
        })
final class ModelFetchCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private CampaignOption campaignOption;

    @Option(
            names = "--round",
            paramLabel = "R",
            description =
                    "The round that starts from the model: R averages are behind it. Without it: the latest model.")
    private Integer round;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Take it from a file of \"zkml model hand-over\", not from the server.")
    private Path from;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final int number = number(opened, campaignOption.id(), round);
        try (Vault vault = opened.unlock(passphrase, console)) {
            if (from == null) {
                fetch(opened, console, setup, vault, campaignOption.id(), number);
            } else {
                take(opened, vault, number);
            }
        }
        console.say(
                "The vault has the model of round %d of campaign %s; it opens the chain's commitment.",
                number, campaignOption.id());
        console.result(Console.object()
                .put("campaignId", campaignOption.id().toString())
                .put("round", number));
        return ExitCode.DONE.value();
    }

    /** The round asked for, which must have begun, or the latest. */
    static int number(Workspace workspace, BigInteger id, Integer asked) {
        try (Chain chain = ChainAccess.open(workspace)) {
            final Campaign campaign = contract(workspace, chain).campaign(id);
            if (asked != null && (asked < 0 || asked > campaign.round())) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "--round " + asked + ": campaign " + id + " has models 0 to " + campaign.round());
            }
            return asked == null ? campaign.round() : asked;
        }
    }

    /** The model that a round starts from, out of the vault or the mailbox. */
    static ModelOpening fetch(
            Workspace workspace, Console console, SetupOption setup, Vault vault, BigInteger id, int number) {
        try (Chain chain = ChainAccess.open(workspace)) {
            final CampaignsContract contract = contract(workspace, chain);
            final Campaign campaign = contract.campaign(id);
            final Mailbox mailbox = new Mailbox(workspace.settings().serverUrl(), chain, new Secrets(vault).identity());
            return models(workspace, console, setup, vault, campaign, chain)
                    .find(campaign, number, contract.roundModel(id, number), mailbox)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.CONFLICT,
                            "no aggregator has handed over a model that opens the commitment of round " + number
                                    + " of campaign " + id
                                    + (mailbox.hasServer()
                                            ? "; wait until one runs \"zkml aggregate run\", or ask one, or another seat, for a file"
                                                    + " (\"zkml model hand-over\"), and take it with --from"
                                            : ": the workspace knows no server; run \"zkml connect --server URL\"")));
        }
    }

    private void take(Workspace opened, Vault vault, int number) {
        final BigInteger id = campaignOption.id();
        final ModelFile file = ModelFile.read(from);
        if (!file.campaignId().equals(id) || file.round() != number - 1L) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    from + ": this is model " + (file.round() + 1) + " of campaign " + file.campaignId()
                            + ", not model " + number + " of campaign " + id + "; name it with --campaign and --round");
        }
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract = contract(opened, chain);
            final Campaign campaign = contract.campaign(id);
            final Mailbox mailbox = new Mailbox(null, chain, new Secrets(vault).identity());
            final byte[] payload = file.open(opened.deployment(), mailbox);
            if (!models(opened, console, setup, vault, campaign, chain)
                    .take(campaign, number, contract.roundModel(id, number), payload)) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        from + ": the model of " + file.sender() + " does not open the commitment of round " + number
                                + " of campaign " + id + "; take a file of another aggregator or seat");
            }
        }
    }

    private static RoundModels models(
            Workspace workspace, Console console, SetupOption setup, Vault vault, Campaign campaign, Chain chain) {
        return new RoundModels(
                vault,
                workspace.deployment(),
                SetupOption.committer(
                        setup.open(console, workspace), campaign.terms().lk(), chain.chainId(), Progress.SILENT));
    }

    private static CampaignsContract contract(Workspace workspace, Chain chain) {
        return new CampaignsContract(chain, workspace.deployment().trainingCampaigns());
    }
}
