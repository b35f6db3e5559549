package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.zkml.prover.data.Schema;
import org.zkml.prover.fixedpoint.Fraction;

/**
 * A campaign as its owner writes it down, {@code campaign.json}; described in docs/command-line.md.
 *
 * @param allowList null where anybody may join
 */
record CampaignPlan(CampaignTerms terms, Schema schema, AllowList allowList, List<byte[]> testSets) {

    private static final String FORMAT = "zkml-campaign/1";
    private static final long HOUR = 3_600;

    static CampaignPlan read(Path file) {
        final JsonFile json = JsonFile.read(file);
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        final Schema schema = Schema.load(file.resolveSibling(json.text("schema")));
        final boolean openToAll = json.flagOr("openToAll", false);
        final AllowList allowList = openToAll ? null : AllowList.read(json.object("allowList"));
        final int batches = (int) json.integer("batches", 1, 1 << 28);
        if (Integer.bitCount(batches) != 1) {
            throw json.problem("batches", "is " + batches, "write a power of two");
        }
        final int lb = Integer.numberOfTrailingZeros(batches);
        final int steps = (int) json.integer("steps", 1, 1 << 28);
        final JsonFile windows = json.object("windowsSeconds");
        final CampaignTerms terms = new CampaignTerms(
                schema.hash(),
                allowList == null ? new byte[32] : allowList.root(),
                json.parsed("rate", Fraction::parse),
                json.parsed("decay", Fraction::parse),
                schema.featureColumns(),
                steps,
                json.integer("rowCap", 1, 0xffff_ffffL),
                (int) json.integer("rounds", 1, 0xffff),
                (int) json.integer("minProviders", 3, 0xffff),
                (int) json.integer("maxProviders", 3, 0xffff),
                (int) json.integer("ownerShareBasisPoints", 0, 9_999),
                schema.lk(),
                lb,
                Math.max(lb, Integer.SIZE - Integer.numberOfLeadingZeros(steps - 1)),
                schema.format().b(),
                schema.model(),
                openToAll,
                new CampaignTerms.Windows(
                        seconds(windows, "join"),
                        seconds(windows, "contribution"),
                        seconds(windows, "share"),
                        seconds(windows, "answer"),
                        seconds(windows, "aggregation")),
                json.parsed("rewardPerRowTokens", Tokens::parse),
                json.parsed("floorPricePerQueryTokens", Tokens::parse));
        return new CampaignPlan(terms, schema, allowList, testSets(json));
    }

    /** Off the development chain the contracts refuse shorter ones: tools act on final blocks, of which half a window has to hold one. */
    void requireWindows(BigInteger chainId) {
        if (chainId.equals(Deployment.DEVELOPMENT_CHAIN)) {
            return;
        }
        requireHour("share", terms.windows().share(), chainId);
        requireHour("answer", terms.windows().answer(), chainId);
        requireHour("aggregation", terms.windows().aggregation(), chainId);
    }

    private static void requireHour(String name, long seconds, BigInteger chainId) {
        if (seconds < HOUR) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "windowsSeconds." + name + " is " + seconds + ": on chain " + chainId + " write " + HOUR
                            + " or more, in which blocks become final and people can answer; nothing was sent");
        }
    }

    private static long seconds(JsonFile windows, String name) {
        return windows.integer(name, 600, 365L * 86_400);
    }

    private static List<byte[]> testSets(JsonFile json) {
        return json.has("testSets") ? json.objects("testSets", item -> item.hex("datasetId", 32)) : List.of();
    }

    /** The most that the campaign can mint, base units. */
    BigInteger budget() {
        return terms.budget();
    }
}
