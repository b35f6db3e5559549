package org.zkml.api.v1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.payout.PayoutService;
import org.zkml.backend.payout.RevenueService;

/** What an account has earned, and where it is: rewards, and beside them revenue. All amounts in base units. */
@Schema(
        name = "Payouts",
        description =
                "What an account has earned, and where it is: rewards in base units of the reward token, and revenue of models on sale")
public record PayoutBody(
        String account,

        @Schema(
                nullable = true,
                description = "Tokens that the account has; null while the node is away",
                example = "0")
        String balance,

        @Schema(description = "All rewards", example = "190000000000000000000")
        String minted,

        @Schema(description = "Rewards of contributions that were excluded")
        String burned,

        @Schema(description = "Other rewards of rounds that are not over")
        String inEscrow,

        @Schema(description = "Other rewards of rounds that are over")
        String released,

        @Schema(description = "What was paid out of the released")
        String claimed,

        @Schema(description = "What can be claimed now") String claimable,

        @Schema(
                description = "How the sums belong together",
                example =
                        "inEscrow = minted - burned - released = 190 - 0 - 0 = 190; claimable = released - claimed = 0 - 0 = 0")
        String formula,

        @Schema(description = "Rewards, oldest first") List<Item> items,

        @Schema(nullable = true, description = "For the parameter after: there are more rewards")
        String next,

        @Schema(description = "The latest claims, newest first, at most the limit; all are among the events")
        List<Claim> claims,

        @Schema(nullable = true, description = "Null if the deployment has no InferenceMarket")
        RevenueBody revenue) {

    /** An event of the chain that an amount follows from. */
    @Schema(name = "PayoutSource")
    public record Source(
            @Schema(example = "RewardMinted") String event, long blockNumber, int logIndex, String transactionHash) {}

    /** A reward. */
    @Schema(name = "Payout")
    public record Item(
            String campaignId,
            int round,
            String contributionId,
            String amount,

            @Schema(example = "weight * rewardPerRow = 190 rows * 1000000000000000000 = 190000000000000000000")
            String formula,

            @Schema(enumeration = {"escrow", "released", "burned"})
            String state,

            @Schema(description = "Of the event RewardMinted")
            String transactionHash,

            @Schema(description = "The events that it follows from")
            List<Source> sources) {}

    /** A claim that was paid. */
    @Schema(name = "PaidClaim")
    public record Claim(String campaignId, String amount, long blockNumber, String transactionHash) {}

    /**
     * @param view with one reward more than the page's size, if there are as many
     * @param revenue with one model more than the page's size, if there are as many
     */
    static PayoutBody of(PayoutService.View view, Optional<RevenueService.View> revenue, int size) {
        final PageBody<Item> page =
                PageBody.of(view.items().stream().map(PayoutBody::item).toList(), size, PayoutBody::cursor);
        return new PayoutBody(
                view.account(),
                view.balance() == null ? null : view.balance().toString(),
                view.minted().toString(),
                view.burned().toString(),
                view.inEscrow().toString(),
                view.released().toString(),
                view.claimed().toString(),
                view.claimable().toString(),
                view.formula(),
                page.items(),
                page.next(),
                view.claims().stream()
                        .limit(size)
                        .map(claim -> new Claim(
                                claim.campaignId().toString(),
                                claim.amount().toString(),
                                claim.blockNumber(),
                                claim.transactionHash()))
                        .toList(),
                revenue.map(sale -> RevenueBody.of(sale, size)).orElse(null));
    }

    private static String cursor(Item item) {
        final Source minted = item.sources().get(1);
        return minted.blockNumber() + "." + minted.logIndex();
    }

    private static Item item(PayoutService.Item item) {
        final List<Source> sources = item.sources().stream()
                .map(source -> new Source(
                        source.event(),
                        source.position().blockNumber,
                        source.position().logIndex,
                        source.position().transactionHash))
                .toList();
        return new Item(
                item.campaignId().toString(),
                item.round(),
                item.contributionId(),
                item.amount().toString(),
                item.formula(),
                item.state().name().toLowerCase(Locale.ROOT),
                sources.get(1).transactionHash(),
                sources);
    }
}
