package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.zkml.api.problem.NotFoundProblemException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.BodyLimit;
import org.zkml.api.request.Fields;
import org.zkml.api.request.PredictionRequest;
import org.zkml.backend.inference.PredictionService;
import org.zkml.backend.inference.ProofState;

@Path("/api/v1/models/{id}/predictions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions", description = "Answers of a seller's instance; read by whoever asked")
public class QueryResource {

    private static final int WORD_BITS = 256;

    private final PredictionService predictions;

    QueryResource(PredictionService predictions) {
        this.predictions = predictions;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(BodyLimit.DOCUMENT)
    @Operation(
            summary = "Asks a model",
            description = "The same count and rows again get the same answer, and are charged once.")
    @APIResponse(
            responseCode = "201",
            description = "Answered, with its proof if that was asked for",
            content = @Content(schema = @Schema(implementation = PredictionBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Answered before",
            content = @Content(schema = @Schema(implementation = PredictionBody.class)))
    @APIResponse(
            responseCode = "202",
            description = "Answered, and will be proved",
            content = @Content(schema = @Schema(implementation = PredictionBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Sells other models",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "Sells nothing; or the count was used for other rows, is not the next, or its answer's term is over",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "Rows that the model cannot be asked about, wrong signature, or a pass that does not permit it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "Too many answers of the pass are not proved",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response ask(@PathParam("id") String id, PredictionRequest request) {
        Fields.required("body", request);
        final BigInteger modelId = Fields.decimal("id", id, WORD_BITS);
        final PredictionService.Answered answered = predictions
                .ask(request.parse(modelId))
                .orElseThrow(() -> new NotFoundProblemException(
                        "this instance does not sell model " + id + ": ask at the endpoint of its listing"));
        return PredictionBody.answer(answered, status(answered));
    }

    private static Response.Status status(PredictionService.Answered answered) {
        if (answered.prediction().proofState == ProofState.ASKED) {
            return Response.Status.ACCEPTED;
        }
        return answered.created() ? Response.Status.CREATED : Response.Status.OK;
    }
}
