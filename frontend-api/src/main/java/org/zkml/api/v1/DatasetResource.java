package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.zkml.api.problem.NotFoundProblemException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.BodyLimit;
import org.zkml.api.request.DatasetRequest;
import org.zkml.api.request.Fields;
import org.zkml.backend.dataset.DatasetService;

@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Data sets", description = "Committed data sets, registered by DATASET proofs")
public class DatasetResource {

    private final DatasetService datasets;

    DatasetResource(DatasetService datasets) {
        this.datasets = datasets;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit
    @Operation(
            summary = "Registers a committed data set",
            description = "The proof is verified before gas is spent. The same registration again changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = DatasetBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = DatasetBody.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another registration of the same commitments is under way",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "False proof, foreign statement, wrong signature, or refused by the contract",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Verifier busy, or chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response register(DatasetRequest request) {
        Fields.required("body", request);
        final DatasetService.Submitted submitted =
                datasets.register(request.parseStatement(), request.parseProof(), request.parseAuthorization());
        final DatasetBody body = DatasetBody.of(submitted.view());
        return Answers.accepted(submitted.created(), "/api/v1/datasets/" + body.id(), body);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A data set that is registered, or about to be")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DatasetBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public DatasetBody get(@PathParam("id") String id) {
        return datasets.get(Fields.hash("id", id))
                .map(DatasetBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no data set " + id));
    }
}
