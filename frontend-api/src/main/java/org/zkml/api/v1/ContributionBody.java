package org.zkml.api.v1;

import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.contribution.ContributionViews;
import org.zkml.backend.contribution.Report;

/** A contribution that is verified, or about to be. */
@Schema(name = "Contribution")
public record ContributionBody(
        @Schema(description = "keccak256(abi.encode(campaignId, round, datasetId)): what the contract pays once")
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
        int round,
        String provider,
        String datasetId,

        @Schema(nullable = true, description = "Rows of the data set")
        Long rows,

        @Schema(nullable = true, description = "Rows that count")
        Long weight,

        @Schema(nullable = true, description = "Null if it was not submitted here")
        Integer proofBytes,

        @Schema(
                nullable = true,
                description = "keccak of the proved statement's encoding; null if it was not submitted here")
        String statementHash,

        @Schema(nullable = true, description = "Base units", example = "190000000000000000000")
        String reward,

        @Schema(
                nullable = true,
                enumeration = {"accepted", "excluded"},
                description =
                        "Null until it is verified; excluded: taken out of its round for fault, its reward burned")
        String outcome,

        @Schema(
                nullable = true,
                description =
                        "What the sender of the message said beside, who need not be the provider; signed and proved by nobody")
        Report report) {

    static ContributionBody of(ContributionViews.View view) {
        final Relayed r = view.relayed();
        return new ContributionBody(
                r.id(),
                RelayedText.status(r),
                r.transactionHash(),
                r.blockNumber(),
                r.gasUsed(),
                FailureBody.of(r),
                r.createdAt(),
                view.campaignId().toString(),
                view.round(),
                view.provider(),
                view.datasetId(),
                view.rows(),
                view.weight(),
                view.proofBytes(),
                view.statementHash(),
                view.reward() == null ? null : view.reward().toString(),
                view.outcome() == null ? null : view.outcome().name().toLowerCase(Locale.ROOT),
                view.report());
    }
}
