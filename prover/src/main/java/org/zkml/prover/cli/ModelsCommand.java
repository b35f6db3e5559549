package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml models}. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {"Shows the models of finished campaigns and what their owners offer.", "From the chain alone."},
        footer = {
            "",
            "Examples:",
            "  zkml models -w buyer",
            "  zkml models --all --json -w buyer",
            "      those that are not on sale, too; with the quote of every tier"
        })
final class ModelsCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Option(names = "--all", description = "Show models that are not on sale, too.")
    private boolean all;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final ObjectNode result = Console.object();
        final ArrayNode models = result.putArray("models");
        final TextTable table = new TextTable("model", "kind", "version", "points", "tier", "rows", "days", "tokens");
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract campaigns =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final InferenceContract market = MarketSession.market(opened, chain);
            final long count = campaigns.campaigns().longValueExact();
            for (long id = 1; id <= count; id++) {
                final Campaign campaign = campaigns.campaign(BigInteger.valueOf(id));
                if (campaign.state() == CampaignState.FINISHED) {
                    final Listing listing = market.listing(campaign.id());
                    if (all || !listing.tiers().isEmpty()) {
                        models.add(write(listing, campaign.terms()));
                        show(table, listing, campaign.terms());
                    }
                }
            }
        }
        if (models.isEmpty()) {
            console.say(all ? "No campaign is finished yet." : "No model is on sale; see --all.");
        } else {
            table.print(console);
        }
        console.result(result);
        return ExitCode.DONE.value();
    }

    private static void show(TextTable table, Listing listing, CampaignTerms terms) {
        if (listing.tiers().isEmpty()) {
            table.row(listing.modelId(), terms.kind().id(), listing.version(), listing.points(), "-", "", "", "");
        }
        for (int i = 0; i < listing.tiers().size(); i++) {
            final Listing.Tier tier = listing.tiers().get(i);
            table.row(
                    listing.modelId(),
                    terms.kind().id(),
                    listing.version(),
                    listing.points(),
                    i,
                    tier.queries(),
                    days(tier.termSeconds()),
                    Tokens.text(tier.price()));
        }
    }

    /** A term for people. */
    static String days(long seconds) {
        final long day = Duration.ofDays(1).toSeconds();
        return seconds % day == 0
                ? Long.toString(seconds / day)
                : String.format(Locale.ROOT, "%.2f", (double) seconds / day);
    }

    static ObjectNode write(Listing listing, CampaignTerms terms) {
        final ObjectNode json = Console.object()
                .put("modelId", listing.modelId().toString())
                .put("owner", listing.owner().toString())
                .put("kind", terms.kind().id())
                .put("schemaHash", Hex.of(terms.schemaHash()))
                .put("version", listing.version())
                .put("points", listing.points());
        json.putObject("model")
                .put("x", listing.commitment().x().toString())
                .put("y", listing.commitment().y().toString());
        json.put("feeBasisPoints", listing.feeBasisPoints())
                .put("seller", listing.seller().toString())
                .put("endpoint", listing.endpoint());
        final ArrayNode tiers = json.putArray("tiers");
        for (int i = 0; i < listing.tiers().size(); i++) {
            final Listing.Tier tier = listing.tiers().get(i);
            tiers.addObject()
                    .put("tier", i)
                    .put("queries", tier.queries())
                    .put("termSeconds", tier.termSeconds())
                    .put("price", tier.price().toString())
                    .put("quote", Hex.of(listing.quote(i)));
        }
        return json;
    }
}
