package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignOpener;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml campaign open}. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        description = {
            "Opens a campaign from a file with its terms; it starts from the zero model.",
            "Schema and allow-list go to the workspace's server too, where there is one; if it does not take them,",
            "\"zkml campaign publish\" gives them to it later. Running this again opens another campaign."
        },
        footer = {
            "",
            "Example:",
            "  zkml campaign open campaign.json --consent consent.json -w owner",
            "",
            "The file is described in docs/command-line.md."
        })
final class CampaignOpenCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Parameters(paramLabel = "FILE", description = "The campaign's terms.")
    private Path file;

    @Option(
            names = "--consent",
            required = true,
            paramLabel = "FILE",
            description = "The consent of an aggregator beside the owner; repeat it for more of them.")
    private List<Path> consents;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final CampaignPlan plan = CampaignPlan.read(file);
        final List<AggregatorConsent> others = consents.stream()
                .map(path -> AggregatorConsent.read(JsonFile.read(path)))
                .toList();
        try (Chain chain = ChainAccess.open(opened);
                Vault vault = opened.unlock(passphrase, console)) {
            final Identity identity = new Secrets(vault).identity();
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            plan.requireWindows(chain.chainId());
            requireBudget(contract, identity.address(), plan);
            final List<CampaignOpener.Aggregator> aggregators = new ArrayList<>();
            aggregators.add(AggregatorConsent.of(identity));
            others.forEach(consent -> aggregators.add(consent.aggregator()));
            final CampaignsContract.Opened campaign = contract.open(
                    fee.sender(chain, vault, console),
                    new CampaignOpener(
                            plan.terms(),
                            G1Affine.INFINITY,
                            aggregators,
                            others.stream()
                                    .map(AggregatorConsent::authorization)
                                    .toList(),
                            plan.testSets()));
            console.say("Campaign %s opened; it can mint up to %s tokens.", campaign.id(), Tokens.text(plan.budget()));
            console.say(
                    "  transaction %s, %s gas",
                    campaign.receipt().transactionHash(), campaign.receipt().gasUsed());
            store(plan, opened.campaignFolder(campaign.id()));
            final boolean published = publish(opened, plan, campaign.id());
            final ObjectNode result = contract.campaign(campaign.id()).write().put("published", published);
            console.result(campaign.receipt().writeTo(result));
        }
        return ExitCode.DONE.value();
    }

    private static void requireBudget(CampaignsContract contract, Address owner, CampaignPlan plan) {
        final BigInteger budget = contract.budgetOf(owner);
        if (budget.compareTo(plan.budget()) < 0) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    owner + " has a budget of " + Tokens.text(budget) + " tokens, the campaign could mint "
                            + Tokens.text(plan.budget())
                            + " (rounds x providers x row cap x reward); have governance grant it: \"zkml campaign grant\"");
        }
    }

    private static void store(CampaignPlan plan, Path folder) {
        AtomicFile.write(folder.resolve("schema.json"), plan.schema().bytes());
        if (plan.allowList() != null) {
            JsonFile.write(folder.resolve("allow-list.json"), plan.allowList().write());
        }
    }

    /** A server serves schema and allow-list to providers, who check them against the chain. Without it the campaign is open all the same. */
    private boolean publish(Workspace opened, CampaignPlan plan, BigInteger id) {
        final String url = opened.settings().serverUrl();
        if (url == null) {
            console.say("  schema and allow-list for the providers: %s", opened.campaignFolder(id));
            return false;
        }
        try {
            new CampaignDocuments(new Server(url)).upload(plan.schema(), plan.allowList());
        } catch (CommandException e) {
            console.warn("campaign " + id + " is open, but the server has not got its schema and allow-list ("
                    + e.getMessage() + "); run \"zkml campaign publish " + id + "\"");
            return false;
        }
        console.say("  schema and allow-list are on %s", url);
        return true;
    }
}
