package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Opens a campaign from a file with its terms.",
            "It starts from the zero model. Schema and allow-list go to the workspace's server too, where there "
                    + "is one; if it does not take them, \"zkml campaign publish\" gives them to it later. Running this "
                    + "again opens another campaign."
        },
        footer = {
            "",
            "Example:",
            "  zkml campaign open campaign.json --consent consent.json -w owner",
            "      shows what will be fixed for good, and asks",
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

    @Mixin
    private Confirmation confirmation;

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
            console.say("This opens a campaign; none of it can be changed afterwards, and all of it is public:");
            leaving(plan, aggregators).forEach(line -> console.say("  %s", line));
            console.say("The account pays the gas, at most %s gwei for each.", fee.gwei());
            confirmation.require(console, "open this campaign");
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

    private static List<String> leaving(CampaignPlan plan, List<CampaignOpener.Aggregator> aggregators) {
        final CampaignTerms terms = plan.terms();
        final CampaignTerms.Windows windows = terms.windows();
        return List.of(
                "schema       " + plan.schema().name() + ", " + Hex.of(terms.schemaHash()),
                "training     " + terms.kind().id() + ", " + terms.feat() + " features, " + terms.rounds()
                        + " rounds of "
                        + terms.steps() + " steps in " + (1 << terms.lb()) + " batches, rate " + terms.rate()
                        + ", decay "
                        + terms.decay(),
                "seats        " + terms.minProviders() + " to " + terms.maxProviders() + ", for "
                        + (terms.openToAll() ? "anybody" : plan.allowList().size() + " accounts of the allow-list"),
                "windows      join " + windows.join() + ", contribute " + windows.contribution() + ", shares "
                        + windows.share() + ", answers " + windows.answer() + ", average " + windows.aggregation()
                        + " seconds",
                "reward       " + Tokens.text(terms.rewardPerRow()) + " tokens a row, at most " + terms.rowCap()
                        + " rows a seat and round",
                "budget       " + Tokens.text(plan.budget()) + " tokens are reserved of what governance has granted",
                "sales        " + terms.ownerShareBasisPoints() + " / 10000 to the owner, at least "
                        + Tokens.text(terms.floorPricePerQuery()) + " tokens a query",
                "aggregators  "
                        + aggregators.stream()
                                .map(aggregator -> aggregator.account().toString())
                                .collect(Collectors.joining(", "))
                        + ", with their public keys");
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
