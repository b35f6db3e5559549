package org.zkml.api.v1;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.campaign.Seat;
import org.zkml.backend.campaign.SeatService;
import org.zkml.backend.chain.relay.Relayed;

/** A seat that is taken, or about to be: then the members from datasetId on are null. */
@Schema(name = "Seat")
public record SeatBody(
        @Schema(description = "keccak256(abi.encode(campaignId, provider))")
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
        String provider,

        @Schema(nullable = true) String datasetId,

        @Schema(nullable = true, description = "Rows that a contribution counts for")
        Long weight,

        @Schema(nullable = true, description = "The proof's step constant c")
        String c,

        @Schema(nullable = true) String x25519Key,

        @Schema(nullable = true) String mlKemKey) {

    static SeatBody of(SeatService.View view) {
        final Relayed r = view.relayed();
        final Seat s = view.seat();
        return new SeatBody(
                r.id(),
                RelayedText.status(r),
                r.transactionHash(),
                r.blockNumber(),
                r.gasUsed(),
                FailureBody.of(r),
                r.createdAt(),
                view.campaignId().toString(),
                view.provider(),
                s == null ? null : s.datasetId,
                s == null ? null : Long.valueOf(s.weight),
                s == null ? null : s.stepConstant.toString(),
                s == null ? null : s.x25519Key,
                s == null ? null : s.mlKemKey);
    }
}
