package org.zkml.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.inference.Pass;
import org.zkml.backend.inference.PassRedemption;
import org.zkml.backend.inference.PassService;

/** A pass; lists leave out its redemptions. */
@Schema(
        name = "Pass",
        description =
                "A pass that was sold. Amounts are base units of the token of the sale. Lists leave out the redemptions.")
public record PassBody(
        @Schema(example = "1") String id,
        @Schema(example = "1") String modelId,
        String buyer,

        @Schema(description = "Signs for the rows asked") String sessionKey,

        @Schema(description = "Account that answers, fixed when it was bought")
        String seller,

        @Schema(
                enumeration = {"active", "ended", "closable", "closed"},
                description =
                        "Ended: the term is over, and what was asked can still be redeemed. Closable: anybody may close it")
        String state,

        @Schema(description = "Rows that may be asked", example = "100")
        long queries,

        @Schema(description = "Rows whose price was released", example = "7")
        long redeemed,

        @Schema(description = "End of the term, pauses until now included")
        Instant termEnd,

        @Schema(description = "When anybody may close it, if not all is redeemed before; pauses until now included")
        Instant closableAt,

        @Schema(description = "Paid into escrow", example = "1000000000000000000")
        String price,

        @Schema(description = "Of what is released, in 1/10,000")
        int feeBasisPoints,

        @Schema(description = "Taken out of escrow by redemptions", example = "70000000000000000")
        String released,

        @Schema(description = "Still in escrow") String inEscrow,

        @Schema(nullable = true, description = "What went back to the buyer; null until it is closed")
        String refund,

        @Schema(
                description = "How the amounts come about",
                example =
                        "released = floor(price * redeemed / queries) = floor(1000 * 7 / 100) = 70; inEscrow = price - released"
                                + " - refund = 1000 - 70 - 0 = 930")
        String formula,

        Instant purchasedAt,
        long blockNumber,

        @Schema(description = "That of the purchase") String transactionHash,

        @Schema(nullable = true, description = "Transaction that closed it")
        String closedBy,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(nullable = true, description = "Oldest first")
        PageBody<Redemption> redemptions) {

    /** What a pass released at one time, and who earned it. */
    @Schema(name = "Redemption")
    public record Redemption(
            @Schema(description = "Rows redeemed so far") long redeemed,

            @Schema(description = "The sum of the other three")
            String released,

            String fee,
            String ownerAmount,
            String contributorsAmount,

            Instant redeemedAt,
            long blockNumber,
            int logIndex,
            String transactionHash) {

        static Redemption of(PassRedemption redemption) {
            return new Redemption(
                    redemption.redeemed,
                    redemption.released.toString(),
                    redemption.fee.toString(),
                    redemption.ownerAmount.toString(),
                    redemption.contributorsAmount.toString(),
                    redemption.redeemedAt,
                    redemption.blockNumber,
                    redemption.logIndex,
                    redemption.transactionHash);
        }

        private String cursor() {
            return blockNumber + "." + logIndex;
        }
    }

    static PassBody of(PassService.View view) {
        return of(view, null);
    }

    /** @param detail with one redemption more than the page's size, if there are as many */
    static PassBody of(PassService.Detail detail, int size) {
        return of(
                detail.view(),
                PageBody.of(detail.redemptions().stream().map(Redemption::of).toList(), size, Redemption::cursor));
    }

    private static PassBody of(PassService.View view, PageBody<Redemption> redemptions) {
        final Pass pass = view.pass();
        final BigInteger released = pass.released();
        final BigInteger refund = pass.refund == null ? BigInteger.ZERO : pass.refund;
        final BigInteger inEscrow = pass.price.subtract(released).subtract(refund);
        return new PassBody(
                pass.id.toString(),
                pass.modelId.toString(),
                pass.buyer,
                pass.sessionKey,
                pass.seller,
                view.state().name().toLowerCase(Locale.ROOT),
                pass.queries,
                pass.redeemed,
                view.termEnd(),
                view.closableAt(),
                pass.price.toString(),
                pass.feeBasisPoints,
                released.toString(),
                inEscrow.toString(),
                pass.refund == null ? null : pass.refund.toString(),
                "released = floor(price * redeemed / queries) = floor(" + pass.price + " * " + pass.redeemed + " / "
                        + pass.queries + ") = " + released + "; inEscrow = price - released - refund = " + pass.price
                        + " - " + released + " - " + refund + " = " + inEscrow,
                pass.purchasedAt,
                pass.position.blockNumber,
                pass.position.transactionHash,
                pass.closedBy,
                redemptions);
    }
}
