package org.zkml.api.v1;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.contribution.RelayedShare;

/** A share on its way to the chain. */
@Schema(name = "Share")
public record ShareBody(
        String id,

        @Schema(enumeration = {"planned", "sent", "mined", "final", "failed"})
        String status,

        @Schema(nullable = true) String transactionHash,

        @Schema(nullable = true) Long blockNumber,

        @Schema(nullable = true, description = "By the whole transaction", example = "110000")
        Long gasUsed,

        @Schema(nullable = true) FailureBody failure,
        Instant createdAt,
        String campaignId,
        int round,
        String provider,

        @Schema(description = "Place among the campaign's aggregators, from 0")
        int aggregatorIndex) {

    static ShareBody of(RelayedShare share) {
        final Relayed r = share.relayed();
        final RelayedShare.Place place = share.place();
        return new ShareBody(
                r.id(),
                RelayedText.status(r),
                r.transactionHash(),
                r.blockNumber(),
                r.gasUsed(),
                FailureBody.of(r),
                r.createdAt(),
                place.campaignId().toString(),
                place.round(),
                place.provider(),
                place.aggregator());
    }
}
