package org.zkml.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.prover.curve.G1Affine;

/** A point of G1. */
@Schema(name = "Point", description = "A point of BN254's G1, decimal coordinates; infinity is (0, 0)")
public record PointBody(
        @Schema(example = "1") String x,

        @Schema(example = "2") String y) {

    static PointBody of(G1Affine point) {
        return new PointBody(point.x().toString(), point.y().toString());
    }

    static PointBody of(String json) {
        final JsonNode point = Json.parse(json);
        return new PointBody(point.get("x").asText(), point.get("y").asText());
    }
}
