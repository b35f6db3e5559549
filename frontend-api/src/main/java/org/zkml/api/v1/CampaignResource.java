package org.zkml.api.v1;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigInteger;
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
import org.zkml.api.request.ClaimRequest;
import org.zkml.api.request.Fields;
import org.zkml.api.request.SeatRequestBody;
import org.zkml.backend.campaign.CampaignService;
import org.zkml.backend.campaign.SeatService;
import org.zkml.backend.contribution.ContributionViews;
import org.zkml.backend.contribution.RoundViews;
import org.zkml.backend.payout.ClaimService;

@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Campaigns", description = "Campaigns, their rounds, seats and claims")
public class CampaignResource {

    private final CampaignService campaigns;
    private final SeatService seats;
    private final ClaimService claims;
    private final ContributionViews contributions;
    private final RoundViews rounds;

    CampaignResource(
            CampaignService campaigns,
            SeatService seats,
            ClaimService claims,
            ContributionViews contributions,
            RoundViews rounds) {
        this.campaigns = campaigns;
        this.seats = seats;
        this.claims = claims;
        this.contributions = contributions;
        this.rounds = rounds;
    }

    @GET
    @Operation(summary = "Campaigns without seats and contributions, newest first")
    public PageBody<CampaignBody> list(
            @Context UriInfo uri,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        Fields.parameters(uri, "limit", "after");
        final int size = Fields.limit(limit);
        final BigInteger before = after == null ? null : Fields.decimal("after", after, 256);
        final List<CampaignBody> items =
                campaigns.list(before, size + 1).stream().map(CampaignBody::of).toList();
        return PageBody.of(items, size, CampaignBody::id);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One campaign")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CampaignBody get(@PathParam("id") String id) {
        final BigInteger number = Fields.decimal("id", id, 256);
        return campaigns
                .get(number)
                .map(view -> CampaignBody.of(view, contributions.ofCampaign(number)))
                .orElseThrow(() -> new NotFoundProblemException("no campaign " + id));
    }

    @GET
    @Path("/{id}/rounds")
    @Operation(
            summary = "The campaign's rounds that have begun, in their order",
            description = "With their sums, contributions, disputes and exclusions")
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public PageBody<RoundBody> rounds(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        Fields.parameters(uri, "limit", "after");
        final int size = Fields.limit(limit);
        final int last = after == null ? -1 : Fields.decimal("after", after, 16).intValue();
        return rounds.list(Fields.decimal("id", id, 256), last, size + 1)
                .map(views -> PageBody.of(views.stream().map(RoundBody::of).toList(), size, RoundBody::cursor))
                .orElseThrow(() -> new NotFoundProblemException("no campaign " + id));
    }

    @POST
    @Path("/{id}/seats")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit
    @Operation(summary = "Takes a seat", description = "The same request again changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = SeatBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = SeatBody.class)))
    @APIResponse(
            responseCode = "409",
            description = "The provider has another seat in the campaign",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Wrong signature, foreign data set, or refused by the contract",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response join(@PathParam("id") String id, SeatRequestBody request) {
        Fields.required("body", request);
        final BigInteger campaignId = Fields.decimal("id", id, 256);
        final SeatService.Submitted submitted =
                seats.join(request.parseProvider(), request.parse(campaignId), request.parseAuthorization());
        final SeatBody body = SeatBody.of(submitted.view());
        return Answers.accepted(submitted.created(), "/api/v1/campaigns/" + id + "/seats/" + body.provider(), body);
    }

    @GET
    @Path("/{id}/seats/{provider}")
    @Operation(summary = "A seat that is taken, or about to be")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SeatBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SeatBody seat(@PathParam("id") String id, @PathParam("provider") String provider) {
        return seats.get(Fields.decimal("id", id, 256), Fields.address("provider", provider))
                .map(SeatBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no seat of " + provider + " in campaign " + id));
    }

    @POST
    @Path("/{id}/claims")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit
    @Operation(
            summary = "Pays a provider what rounds that are over owe it",
            description = "Anybody may ask; the tokens go to the account. While a claim is under way it is the same.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = ClaimBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Under way",
            content = @Content(schema = @Schema(implementation = ClaimBody.class)))
    @APIResponse(
            responseCode = "422",
            description = "Nothing to claim",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response claim(@PathParam("id") String id, ClaimRequest request) {
        final String account = Fields.required("body", request).parse();
        final ClaimService.Submitted submitted = claims.claim(Fields.decimal("id", id, 256), account);
        return Answers.accepted(
                submitted.created(), "/api/v1/campaigns/" + id + "/claims/" + account, ClaimBody.of(submitted.view()));
    }

    @GET
    @Path("/{id}/claims/{account}")
    @Operation(summary = "The account's last claim in the campaign")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ClaimBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ClaimBody claim(@PathParam("id") String id, @PathParam("account") String account) {
        return claims.get(Fields.decimal("id", id, 256), Fields.address("account", account))
                .map(ClaimBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no claim of " + account + " in campaign " + id));
    }
}
