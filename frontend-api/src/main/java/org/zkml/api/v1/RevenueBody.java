package org.zkml.api.v1;

import java.math.BigInteger;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.inference.PassRedemption;
import org.zkml.backend.payout.RevenueService;

/** What models on sale have earned for an account. */
@Schema(
        name = "Revenue",
        description =
                "What models on sale have earned for an account; amounts in base units of the token of the sale, which need not be"
                        + " that of the rewards")
public record RevenueBody(
        @Schema(nullable = true, description = "Its address; null while the node is away")
        String token,

        @Schema(description = "By all models", example = "254")
        String earned,

        @Schema(description = "What was paid out of that", example = "0")
        String claimed,

        @Schema(description = "What can be claimed now", example = "254")
        String claimable,

        @Schema(
                description =
                        "Those that have earned something and that the account contributed to or owns, highest number first")
        List<Model> models,

        @Schema(nullable = true, description = "For the parameter afterModel: there are more models")
        String next) {

    /** An amount that was earned, and what is left of it. */
    @Schema(name = "RevenueAmount")
    public record Amount(
            String earned,
            String claimed,
            String claimable,

            @Schema(
                    example = "perPoint = floor(2^128 * contributorsAmounts / modelPoints) = floor(2^128 * 700 / 33) ="
                            + " 7218110813474452255283703794007204485430; earned = floor(points * perPoint / 2^128) = floor(12 *"
                            + " 7218110813474452255283703794007204485430 / 2^128) = 254; claimable = earned - claimed = 254 - 0 ="
                            + " 254")
            String formula) {

        private static Amount of(RevenueService.Amount amount) {
            return new Amount(
                    amount.earned().toString(),
                    amount.claimed().toString(),
                    amount.claimable().toString(),
                    amount.formula());
        }
    }

    /** What one model has earned for the account. */
    @Schema(name = "ModelRevenue")
    public record Model(
            @Schema(example = "1") String modelId,

            @Schema(description = "The account's", example = "12")
            long points,

            @Schema(description = "All contributors'", example = "33")
            long modelPoints,

            @Schema(description = "By its points") Amount asContributor,

            @Schema(nullable = true, description = "As the model's owner; null if it is not")
            Amount asOwner,

            @Schema(description = "Events PassRedeemed that it follows from", example = "7")
            long redemptions,

            @Schema(description = "Path to all of these", example = "/api/v1/audit/events?campaign=1&name=PassRedeemed")
            String events,

            @Schema(description = "The latest of these, newest first, at most 10")
            List<PassRedeemed> latest,

            @Schema(description = "Events PayoutClaimed, newest first, at most the limit")
            List<PaidRevenue> claims) {}

    /** A redemption of one of the model's passes. */
    @Schema(name = "PassRedeemed")
    public record PassRedeemed(
            String passId,
            String contributorsAmount,
            String ownerAmount,
            long blockNumber,
            int logIndex,
            String transactionHash) {

        private static PassRedeemed of(PassRedemption redemption) {
            return new PassRedeemed(
                    redemption.passId.toString(),
                    redemption.contributorsAmount.toString(),
                    redemption.ownerAmount.toString(),
                    redemption.blockNumber,
                    redemption.logIndex,
                    redemption.transactionHash);
        }
    }

    /** A claim that was paid. */
    @Schema(name = "PaidRevenue")
    public record PaidRevenue(String contributorAmount, String ownerAmount, long blockNumber, String transactionHash) {}

    /** @param view with one model more than the page's size, if there are as many */
    static RevenueBody of(RevenueService.View view, int size) {
        final PageBody<Model> page = PageBody.of(
                view.models().stream().map(model -> model(model, size)).toList(), size, Model::modelId);
        return new RevenueBody(
                view.token(),
                view.earned().toString(),
                view.claimed().toString(),
                view.claimable().toString(),
                page.items(),
                page.next());
    }

    private static Model model(RevenueService.Model model, int size) {
        return new Model(
                model.modelId().toString(),
                model.points(),
                model.modelPoints(),
                Amount.of(model.asContributor()),
                model.asOwner() == null ? null : Amount.of(model.asOwner()),
                model.redemptions(),
                events(model.modelId()),
                model.latest().stream().map(PassRedeemed::of).toList(),
                model.claims().stream()
                        .limit(size)
                        .map(claim -> new PaidRevenue(
                                claim.contributorAmount.toString(),
                                claim.ownerAmount.toString(),
                                claim.blockNumber,
                                claim.transactionHash))
                        .toList());
    }

    private static String events(BigInteger modelId) {
        return "/api/v1/audit/events?campaign=" + modelId + "&name=PassRedeemed";
    }
}
