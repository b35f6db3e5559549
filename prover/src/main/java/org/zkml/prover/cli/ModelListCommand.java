package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml model list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Offers the model of a finished campaign of this account's for sale.",
            "The offer takes the place of the one before. Passes that were sold stay as they are."
        },
        footer = {
            "",
            "Example:",
            "  zkml model list --campaign 1 --seller 0x7099... --endpoint https://models.example.org \\",
            "      --tier 100:30d:10 --tier 1000:365d:80 -w owner",
            "      100 rows within 30 days for 10 tokens, 1000 within a year for 80"
        })
final class ModelListCommand implements Callable<Integer> {

    private static final Pattern TIER = Pattern.compile("([1-9][0-9]{0,9}):([1-9][0-9]{0,9})([dhs]):([0-9.]+)");
    private static final long LARGEST_QUERIES = 0xffff_ffffL;

    /** What the contract takes: a pass cannot be closed before its term is over. */
    private static final long LONGEST_TERM_SECONDS = 365 * 86_400;

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Mixin
    private CampaignOption campaignOption;

    @Option(
            names = "--seller",
            required = true,
            paramLabel = "ADDRESS",
            description = "Whose key signs receipts: what \"zkml model export\" printed.")
    private String seller;

    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "URL",
            description = "Where the seller's instance answers.")
    private String endpoint;

    @Option(
            names = "--tier",
            required = true,
            paramLabel = "ROWS:TERM:TOKENS",
            description =
                    "Rows, the term in days (30d), hours (12h) or seconds (600s), and the price of the whole pass.")
    private List<String> tiers;

    @Override
    public Integer call() {
        final List<Listing.Tier> offered =
                tiers.stream().map(ModelListCommand::tier).toList();
        final Address account = Address.ofOption("--seller", seller);
        final String url = HttpUrl.check("--endpoint", endpoint);
        try (MarketSession session = MarketSession.open(console, workspace.open(console), passphrase, fee)) {
            final String problem = ListedEndpoint.problem(url, session.chain().chainId());
            if (problem != null) {
                console.warn(url + ": " + problem + ", so buyers' tools go there only if they name it with --endpoint");
            }
            final Listing now = session.market().listing(campaignOption.id());
            final boolean same = now.tiers().equals(offered)
                    && now.seller().equals(account)
                    && now.endpoint().equals(url);
            final ObjectNode result = Console.object()
                    .put("modelId", campaignOption.id().toString())
                    .put("repeated", same);
            if (same) {
                console.say("Model %s is offered so already.", campaignOption.id());
            } else {
                final Receipt receipt =
                        session.market().list(session.sender(), campaignOption.id(), account, url, offered);
                console.say("Model %s is on sale, in %d tiers, at %s.", campaignOption.id(), offered.size(), url);
                console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
                receipt.writeTo(result);
            }
            quotes(session.market().listing(campaignOption.id()), result);
            console.result(result);
        }
        return ExitCode.DONE.value();
    }

    private static void quotes(Listing listing, ObjectNode result) {
        final List<String> quotes = new ArrayList<>();
        for (int i = 0; i < listing.tiers().size(); i++) {
            quotes.add(Hex.of(listing.quote(i)));
        }
        final var json = result.putArray("quotes");
        quotes.forEach(json::add);
    }

    /** For example {@code 100:30d:10}. */
    static Listing.Tier tier(String text) {
        final Matcher parts = TIER.matcher(text);
        try {
            if (parts.matches()) {
                final long seconds = Long.parseLong(parts.group(2)) * unit(parts.group(3));
                final long queries = Long.parseLong(parts.group(1));
                if (queries <= LARGEST_QUERIES && seconds <= LONGEST_TERM_SECONDS) {
                    return new Listing.Tier(queries, seconds, Tokens.parse(parts.group(4)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw tierProblem(text, e);
        }
        throw tierProblem(text, null);
    }

    private static CommandException tierProblem(String text, IllegalArgumentException cause) {
        return new CommandException(
                ExitCode.USAGE,
                "--tier " + text
                        + ": write rows:term:tokens, such as 100:30d:9.5, rows below 2^32 and a term of at most 365 days",
                cause);
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "d" -> 86_400;
            case "h" -> 3_600;
            default -> 1;
        };
    }
}
