package org.zkml.api.request;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.chain.Authorization;
import org.zkml.backend.chain.SeatRequest;

/** A seat to be taken. */
@Schema(
        name = "SeatRequest",
        requiredProperties = {"provider", "datasetId", "rowCap", "x25519Key", "mlKemKey", "membership", "authorization"
        })
public record SeatRequestBody(
        @Schema(
                description = "The data set's provider, who signs",
                example = "0x24219351d846d4b235db9d140800686220b75770")
        String provider,

        @Schema(description = "32 bytes") String datasetId,

        @Schema(
                description = "The provider's in the allow-list; the campaign's where anybody may join",
                example = "1000")
        Long rowCap,

        @Schema(description = "X25519 public key, 32 bytes") String x25519Key,

        @Schema(description = "ML-KEM-768 public key, 1184 bytes")
        String mlKemKey,

        @Schema(description = "Merkle path of (provider, rowCap) in the allow-list; empty where anybody may join")
        List<String> membership,

        AuthorizationBody authorization) {

    private static final int ML_KEM_768_KEY_BYTES = 1184;
    /** A tree of this depth has more leaves than there are accounts. */
    private static final int PATH_LENGTH = 64;

    public String parseProvider() {
        return Fields.address("provider", provider);
    }

    public SeatRequest parse(BigInteger campaignId) {
        final long cap = Fields.required("rowCap", rowCap);
        if (cap < 1 || cap > 0xffff_ffffL) {
            throw new MalformedRequestException("rowCap", cap + " is not from 1 to 2^32 - 1");
        }
        return new SeatRequest(
                campaignId,
                Fields.bytes("datasetId", datasetId, 32),
                BigInteger.valueOf(cap),
                Fields.bytes("x25519Key", x25519Key, 32),
                Fields.bytes("mlKemKey", mlKemKey, ML_KEM_768_KEY_BYTES),
                parseMembership());
    }

    public Authorization parseAuthorization() {
        return AuthorizationBody.parse(authorization);
    }

    private List<byte[]> parseMembership() {
        Fields.required("membership", membership);
        if (membership.size() > PATH_LENGTH) {
            throw new MalformedRequestException("membership", "is longer than " + PATH_LENGTH);
        }
        final List<byte[]> path = new ArrayList<>();
        for (int i = 0; i < membership.size(); i++) {
            path.add(Fields.bytes("membership[" + i + "]", membership.get(i), 32));
        }
        return path;
    }
}
