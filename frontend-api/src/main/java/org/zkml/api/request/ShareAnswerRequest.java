package org.zkml.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.contribution.AnswerService;
import org.zkml.backend.contribution.RelayedShare;

/** A share in clear. */
@Schema(
        name = "ShareAnswerRequest",
        description = "A share in clear, which answers an aggregator's dispute; everybody can read it then",
        requiredProperties = {"provider", "aggregatorIndex", "share", "quotient"})
public record ShareAnswerRequest(
        @Schema(description = "Whose contribution's share", example = "0x24219351d846d4b235db9d140800686220b75770")
        String provider,

        @Schema(description = "Who disputes: place among the campaign's aggregators, from 0", minimum = "0")
        Integer aggregatorIndex,

        @Schema(description = "Values, then blinder, 32 bytes each, big-endian", example = "0x1d5e...")
        String share,

        @Schema(
                type = SchemaType.OBJECT,
                description = "Commitment to the quotient: docs/contracts.md, \"Shares in clear\"",
                example = "{\"x\": \"1\", \"y\": \"2\"}")
        JsonNode quotient) {

    /** The largest models of campaigns have 2^11 weights. */
    private static final int SHARE_BYTES = 32 * ((1 << 11) + 1);

    public AnswerService.Request parse(BigInteger campaignId, int round) {
        final RelayedShare.Place place = new RelayedShare.Place(
                campaignId,
                round,
                Fields.address("provider", provider),
                Fields.small("aggregatorIndex", aggregatorIndex));
        return new AnswerService.Request(
                place, Fields.bytesUpTo("share", share, SHARE_BYTES), Fields.point("quotient", quotient));
    }
}
