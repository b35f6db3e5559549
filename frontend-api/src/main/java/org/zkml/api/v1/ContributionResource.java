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
import org.zkml.api.request.ContributionRequest;
import org.zkml.api.request.Fields;
import org.zkml.backend.contribution.ContributionService;
import org.zkml.backend.contribution.ContributionViews;

@Path("/api/v1/contributions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Contributions", description = "Proved local models")
public class ContributionResource {

    private final ContributionService contributions;
    private final ContributionViews views;

    ContributionResource(ContributionService contributions, ContributionViews views) {
        this.contributions = contributions;
        this.views = views;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit
    @Operation(
            summary = "Contributes a proved local model",
            description =
                    "The statement is compared with the contract's own and the proof is verified before gas is spent."
                            + " The same statement again changes nothing.")
    @APIResponse(
            responseCode = "202",
            description = "Taken in",
            content = @Content(schema = @Schema(implementation = ContributionBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "Known",
            content = @Content(schema = @Schema(implementation = ContributionBody.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "Another contribution of that seat to that round",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "False proof, foreign statement, wrong signature, or refused by the contract",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Verifier busy, or chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response contribute(ContributionRequest request) {
        final ContributionService.Submitted submitted =
                contributions.contribute(Fields.required("body", request).parse());
        final ContributionBody body = ContributionBody.of(submitted.view());
        return Answers.accepted(submitted.created(), "/api/v1/contributions/" + body.id(), body);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A contribution that is verified, or about to be")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ContributionBody.class)))
    @APIResponse(
            responseCode = "404",
            description = "Unknown",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ContributionBody get(@PathParam("id") String id) {
        return views.get(Fields.hash("id", id))
                .map(ContributionBody::of)
                .orElseThrow(() -> new NotFoundProblemException("no contribution " + id));
    }
}
