package org.zkml.api.v1;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
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
import org.zkml.api.request.Fields;
import org.zkml.backend.inference.PassService;

@Path("/api/v1/passes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Passes", description = "Passes for inference, and what of their prices was released")
public class PassResource {

    private final PassService passes;
    private final TaggedAnswers answers;

    PassResource(PassService passes, TaggedAnswers answers) {
        this.passes = passes;
        this.answers = answers;
    }

    /** A page of passes. */
    @Schema(name = "PassPage")
    public record PassPage(
            List<PassBody> items,

            @Schema(description = "To be given as ?after= for the next page; null after the last", nullable = true)
            String next) {}

    @GET
    @Operation(summary = "Passes of a buyer without their redemptions, newest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PassPage.class)))
    @APIResponse(responseCode = "304", description = "The same as before, by its ETag")
    @APIResponse(
            responseCode = "404",
            description = "The deployment has no InferenceMarket",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Parameter(required = true) @QueryParam("buyer") String buyer,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        Fields.parameters(uri, "buyer", "limit", "after");
        final int size = Fields.limit(limit);
        final BigInteger before = after == null ? null : Fields.decimal("after", after, 256);
        final PageBody<PassBody> page = PageBody.of(
                passes.list(Fields.address("buyer", buyer), before, size + 1).stream()
                        .map(PassBody::of)
                        .toList(),
                size,
                PassBody::id);
        return answers.of(headers, new PassPage(page.items(), page.next()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One pass with its redemptions, oldest first")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PassBody.class)))
    @APIResponse(responseCode = "304", description = "The same as before, by its ETag")
    @APIResponse(
            responseCode = "404",
            description = "Unknown, or the deployment has no InferenceMarket",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response get(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @PathParam("id") String id,
            @Parameter(
                            description = "Redemptions of a page, 1 to 200, default 50",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member redemptions.next of the page before", example = "17.2")
                    @QueryParam("after")
                    String after) {
        Fields.parameters(uri, "limit", "after");
        final int size = Fields.limit(limit);
        return answers.of(
                headers,
                passes.get(Fields.decimal("id", id, 256), Fields.place("after", after), size + 1)
                        .map(detail -> PassBody.of(detail, size))
                        .orElseThrow(() -> new NotFoundProblemException("no pass " + id)));
    }
}
