package org.zkml.api.v1;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.payout.ClaimService;

/** A claim of an account's rewards in a campaign. */
@Schema(name = "Claim")
public record ClaimBody(
        String id,

        @Schema(enumeration = {"planned", "sent", "mined", "final", "failed"})
        String status,

        @Schema(nullable = true) String transactionHash,

        @Schema(nullable = true) Long blockNumber,

        @Schema(nullable = true, description = "By the whole transaction", example = "812000")
        Long gasUsed,

        @Schema(nullable = true) FailureBody failure,
        Instant createdAt,
        String campaignId,
        String account) {

    static ClaimBody of(ClaimService.View view) {
        final Relayed r = view.relayed();
        return new ClaimBody(
                r.id(),
                RelayedText.status(r),
                r.transactionHash(),
                r.blockNumber(),
                r.gasUsed(),
                FailureBody.of(r),
                r.createdAt(),
                view.campaignId().toString(),
                view.account());
    }
}
