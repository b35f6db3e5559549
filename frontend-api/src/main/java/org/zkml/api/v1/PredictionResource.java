package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.zkml.api.problem.NotFoundProblemException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.BodyLimit;
import org.zkml.api.request.Fields;
import org.zkml.api.request.PredictionRequest;
import org.zkml.api.request.ReadingBody;
import org.zkml.backend.inference.Prediction;
import org.zkml.backend.inference.PredictionService;
import org.zkml.backend.inference.ProofState;
import org.zkml.backend.inference.Redemptions;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions", description = "Answers of a seller's instance; read by whoever asked")
public class PredictionResource {

    private static final int WORD_BITS = 256;

    private final PredictionService predictions;
    private final Redemptions redemptions;

    PredictionResource(PredictionService predictions, Redemptions redemptions) {
        this.predictions = predictions;
        this.redemptions = redemptions;
    }

    @POST
    @Path("/models/{id}/predictions")
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
            description = "Sells nothing; or the count was used for other rows, or is not the next",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "Rows that the model cannot be asked about, wrong signature, or a pass that does not permit it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "429",
            description = "Too many answers wait for their proofs",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response ask(@PathParam("id") String id, PredictionRequest request) {
        Fields.required("body", request);
        final BigInteger modelId = Fields.decimal("id", id, WORD_BITS);
        final PredictionService.Answered answered = predictions
                .ask(request.parse(modelId))
                .orElseThrow(() -> new NotFoundProblemException(
                        "this instance does not sell model " + id + ": ask at the endpoint of its listing"));
        return answer(answered, Response.Status.CREATED);
    }

    @GET
    @Path("/predictions/{id}")
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
            description = "Not permitted by the session key",
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
    @Path("/predictions/{id}/proof")
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
            description = "Unknown, or the receipt's term is over",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Sells nothing, or the receipt's term is over",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Not permitted by the session key",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response prove(@PathParam("id") String id, ReadingBody request) {
        Fields.required("body", request);
        return answer(
                predictions.askForProof(Fields.hash("id", id), request.parse()).orElseThrow(() -> unknown(id)),
                Response.Status.OK);
    }

    @GET
    @Path("/redemptions")
    @Operation(
            summary = "What can be redeemed: of every pass the highest count up to which all answers are proved",
            description = "Anybody may send it to the market: what it releases goes to those who are due it.")
    public PageBody<RedemptionBody> redemptions(
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        final int size = Fields.limit(limit);
        final List<Prediction> found = redemptions.after(
                after == null ? BigInteger.ZERO : Fields.decimal("after", after, WORD_BITS), size + 1);
        final List<Prediction> page = found.subList(0, Math.min(size, found.size()));
        return new PageBody<>(
                page.stream().map(RedemptionBody::of).toList(),
                found.size() <= size ? null : page.getLast().passId.toString());
    }

    private static Response answer(PredictionService.Answered answered, Response.Status done) {
        final Response.Status status;
        if (answered.prediction().proofState == ProofState.ASKED) {
            status = Response.Status.ACCEPTED;
        } else {
            status = answered.created() ? done : Response.Status.OK;
        }
        return Response.status(status)
                .location(URI.create("/api/v1/predictions/" + answered.prediction().queryId))
                .entity(PredictionBody.of(answered))
                .build();
    }

    private static NotFoundProblemException unknown(String id) {
        return new NotFoundProblemException("there is no answer " + id + ", or the term of its receipt is over");
    }
}
