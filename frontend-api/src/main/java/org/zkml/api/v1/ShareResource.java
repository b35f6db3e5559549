package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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
import org.zkml.api.request.ShareAnswerRequest;
import org.zkml.api.request.ShareRequest;
import org.zkml.backend.contribution.AnswerService;
import org.zkml.backend.contribution.RelayedShare;
import org.zkml.backend.mailbox.PublicationService;

@Path("/api/v1/campaigns/{id}/rounds/{round}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Shares", description = "Shares that the server brings to the chain for their providers")
public class ShareResource {

    private static final int ROUND_BITS = 16;

    private final PublicationService publications;
    private final AnswerService answers;

    ShareResource(PublicationService publications, AnswerService answers) {
        this.publications = publications;
        this.answers = answers;
    }

    @POST
    @Path("/shares")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(BodyLimit.DOCUMENT)
    @Operation(
            summary = "Publishes a share, encrypted",
            description =
                    "For a provider whose aggregator does not acknowledge it. The same one again changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = ShareBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = ShareBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another one for that aggregator was published",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Wrong signature, no contribution, too late, or refused by the contract",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response publish(@PathParam("id") String id, @PathParam("round") String round, ShareRequest request) {
        Fields.required("body", request);
        return publications
                .publish(request.parse(campaign(id), round(round)))
                .map(submitted -> accepted("shares", submitted))
                .orElseThrow(() -> unknown(id));
    }

    @GET
    @Path("/shares/{provider}/{aggregatorIndex}")
    @Operation(summary = "The last publication of a share that was sent from here")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShareBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ShareBody published(
            @PathParam("id") String id,
            @PathParam("round") String round,
            @PathParam("provider") String provider,
            @PathParam("aggregatorIndex") String aggregator) {
        return publications
                .get(place(id, round, provider, aggregator))
                .map(ShareBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no share of " + provider + " for aggregator "
                        + aggregator + " in round " + round + " of campaign " + id + " was published from here"));
    }

    @POST
    @Path("/answers")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(BodyLimit.DOCUMENT)
    @Operation(
            summary = "Answers a dispute with the share in clear",
            description =
                    "Anybody may who knows it, and everybody can read it then. The same one again changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = ShareBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = ShareBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "No such campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another answer to that dispute is under way",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "No such dispute, or refused by the contract",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response answer(@PathParam("id") String id, @PathParam("round") String round, ShareAnswerRequest request) {
        Fields.required("body", request);
        return answers.answer(request.parse(campaign(id), round(round)))
                .map(submitted -> accepted("answers", submitted))
                .orElseThrow(() -> unknown(id));
    }

    @GET
    @Path("/answers/{provider}/{aggregatorIndex}")
    @Operation(summary = "The last answer to a dispute that was sent from here")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ShareBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ShareBody answered(
            @PathParam("id") String id,
            @PathParam("round") String round,
            @PathParam("provider") String provider,
            @PathParam("aggregatorIndex") String aggregator) {
        return answers.get(place(id, round, provider, aggregator))
                .map(ShareBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no answer of " + provider + " to aggregator "
                        + aggregator + " in round " + round + " of campaign " + id + " was sent from here"));
    }

    private static Response accepted(String collection, RelayedShare.Submitted submitted) {
        final RelayedShare.Place place = submitted.share().place();
        final String location = "/api/v1/campaigns/" + place.campaignId() + "/rounds/" + place.round() + "/"
                + collection + "/" + place.provider() + "/" + place.aggregator();
        return Answers.accepted(submitted.created(), location, ShareBody.of(submitted.share()));
    }

    private static RelayedShare.Place place(String id, String round, String provider, String aggregator) {
        return new RelayedShare.Place(
                campaign(id),
                round(round),
                Fields.address("provider", provider),
                Fields.decimal("aggregatorIndex", aggregator, ROUND_BITS).intValue());
    }

    private static BigInteger campaign(String id) {
        return Fields.decimal("id", id, 256);
    }

    private static int round(String round) {
        return Fields.decimal("round", round, ROUND_BITS).intValue();
    }

    private static NotFoundProblemException unknown(String id) {
        return new NotFoundProblemException("no campaign " + id);
    }
}
