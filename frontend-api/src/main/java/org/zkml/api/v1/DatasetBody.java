package org.zkml.api.v1;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.dataset.Dataset;
import org.zkml.backend.dataset.DatasetService;

/** A data set that is registered, or about to be: then the members from provider on are null. */
@Schema(name = "Dataset")
public record DatasetBody(
        @Schema(description = "keccak256(abi.encode(provider, cX, cY))")
        String id,

        @Schema(enumeration = {"planned", "sent", "mined", "final", "failed"})
        String status,

        @Schema(nullable = true) String transactionHash,

        @Schema(nullable = true) Long blockNumber,

        @Schema(nullable = true, description = "By the whole transaction", example = "812000")
        Long gasUsed,

        @Schema(nullable = true) FailureBody failure,
        Instant createdAt,

        @Schema(nullable = true) String provider,

        @Schema(nullable = true) String schemaHash,

        @Schema(nullable = true, description = "log2 of the rows, padding included")
        Integer ln,

        @Schema(nullable = true, description = "log2 of the features, padding included")
        Integer lk,

        @Schema(nullable = true, description = "Bits a limb")
        Integer b,

        @Schema(nullable = true, description = "Rows with data")
        Long n,

        @Schema(nullable = true, description = "Features with data, intercept included")
        Long feat,

        @Schema(nullable = true) PointBody commitmentX,

        @Schema(nullable = true) PointBody commitmentY,

        @Schema(nullable = true, description = "Whether the provider has withdrawn it")
        Boolean retired) {

    static DatasetBody of(DatasetService.View view) {
        final Relayed r = view.relayed();
        final Dataset d = view.dataset();
        return new DatasetBody(
                r.id(),
                RelayedText.status(r),
                r.transactionHash(),
                r.blockNumber(),
                r.gasUsed(),
                FailureBody.of(r),
                r.createdAt(),
                d == null ? null : d.provider,
                d == null ? null : d.schemaHash,
                d == null ? null : Integer.valueOf(d.ln),
                d == null ? null : Integer.valueOf(d.lk),
                d == null ? null : Integer.valueOf(d.b),
                d == null ? null : Long.valueOf(d.n),
                d == null ? null : Long.valueOf(d.feat),
                d == null ? null : PointBody.of(d.commitmentX),
                d == null ? null : PointBody.of(d.commitmentY),
                d == null ? null : Boolean.valueOf(d.retired));
    }
}
