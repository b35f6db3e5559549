package org.zkml.api.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.contribution.ContributionService;
import org.zkml.backend.contribution.Report;
import org.zkml.prover.curve.G1Affine;

/** A contribution to a campaign's present round. */
@Schema(requiredProperties = {"statement", "datasetId", "shares", "proof", "authorization"})
public record ContributionRequest(
        @Schema(
                type = SchemaType.OBJECT,
                description =
                        "The document statement.json of relation TRAIN; must be the contract's own statement, member by member",
                example =
                        "{\"relation\": \"TRAIN\", \"taskId\": \"1\", \"round\": \"0\", \"C_out\": {\"x\": \"...\", \"y\": \"...\"}}")
        JsonNode statement,

        @Schema(description = "32 bytes", example = "0x3289...")
        String datasetId,

        @Schema(
                type = SchemaType.ARRAY,
                description = "Commitments to the shares of all aggregators but the last: points of G1",
                example = "[{\"x\": \"1\", \"y\": \"2\"}]")
        List<JsonNode> shares,

        @Schema(description = "The bytes of proof.bin", example = "0x1d5e...")
        String proof,

        AuthorizationBody authorization,

        ReportBody report) {

    private static final int SHARES = 8;
    private static final int METRIC_CHARS = 40;

    /** What the sender says beside; signed and proved by nobody. */
    @Schema(name = "Report", description = "What the sender says beside; optional, signed and proved by nobody")
    public record ReportBody(
            @Schema(example = "3900") Long proofMillis,

            @Schema(example = "accuracy") String metric,

            @Schema(example = "0.974") Double score) {

        private Report parse() {
            if (metric != null && (metric.length() > METRIC_CHARS || !metric.matches("[\\w -]*"))) {
                throw new MalformedRequestException(
                        "report.metric", "is not a name of at most " + METRIC_CHARS + " characters");
            }
            if (score != null && !Double.isFinite(score)) {
                throw new MalformedRequestException("report.score", score + " is no number");
            }
            return new Report(proofMillis, metric, score);
        }
    }

    public ContributionService.Request parse() {
        return new ContributionService.Request(
                Statements.train(statement),
                Fields.bytes("datasetId", datasetId, 32),
                parseShares(),
                Fields.bytesUpTo("proof", proof, Statements.PROOF_BYTES),
                AuthorizationBody.parse(authorization),
                report == null ? null : report.parse());
    }

    private List<G1Affine> parseShares() {
        Fields.required("shares", shares);
        if (shares.size() > SHARES) {
            throw new MalformedRequestException("shares", "are more than " + SHARES);
        }
        final List<G1Affine> points = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            points.add(Fields.point("shares[" + i + "]", shares.get(i)));
        }
        return points;
    }
}
