package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.zkml.api.problem.NotFoundProblemException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.BodyLimit;
import org.zkml.api.request.Fields;
import org.zkml.api.request.ReadingBody;
import org.zkml.backend.inference.PredictionService;
import org.zkml.backend.inference.ProofState;

@Path("/api/v1/predictions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions", description = "Answers of a seller's instance; read by whoever asked")
public class PredictionResource {

    private final PredictionService predictions;

    PredictionResource(PredictionService predictions) {
        this.predictions = predictions;
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "An answer, with its proof once there is one",
            description = "For the pass's session key alone, which permits it by a signature.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PredictionBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown, or the receipt's term is over",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Sells nothing",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Not permitted by the session key, or the answer was for another pass of this number",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public PredictionBody get(
            @PathParam("id") String id,
            @Parameter(description = "Last Unix second of the permission", required = true)
                    @HeaderParam("Predictions-Deadline")
                    String deadline,
            @Parameter(description = "The session key's signature of the permission", required = true)
                    @HeaderParam("Predictions-Signature")
                    String signature) {
        return predictions
                .get(
                        Fields.hash("id", id),
                        ReadingBody.parse("Predictions-Deadline", deadline, "Predictions-Signature", signature))
                .map(PredictionBody::of)
                .orElseThrow(() -> unknown(id));
    }

    @POST
    @Path("/{id}/proof")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit
    @Operation(summary = "Has an answer proved afterwards", description = "Until the receipt's term is over.")
    @APIResponse(
            responseCode = "200",
            description = "Proved",
            content = @Content(schema = @Schema(implementation = PredictionBody.class)))
    @APIResponse(
            responseCode = "202",
            description = "Will be proved",
            content = @Content(schema = @Schema(implementation = PredictionBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Sells nothing, or the receipt's term is over",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "Not permitted by the session key, the answer was for another pass of this number, or an earlier one was not proved in time",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response prove(@PathParam("id") String id, ReadingBody request) {
        Fields.required("body", request);
        final PredictionService.Answered answered =
                predictions.askForProof(Fields.hash("id", id), request.parse()).orElseThrow(() -> unknown(id));
        return PredictionBody.answer(
                answered,
                answered.prediction().proofState == ProofState.PROVED ? Response.Status.OK : Response.Status.ACCEPTED);
    }

    private static NotFoundProblemException unknown(String id) {
        return new NotFoundProblemException("there is no answer " + id + ", or the term of its receipt is over");
    }
}
