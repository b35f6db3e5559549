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
import org.zkml.api.request.ModelQuery;
import org.zkml.backend.model.LineageService;
import org.zkml.backend.model.ModelSearch;
import org.zkml.backend.model.ModelService;

@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Models",
        description =
                "Models of finished campaigns: what is on sale, how good it was proved to be, where it comes from")
public class ModelResource {

    private final ModelService models;
    private final LineageService lineage;
    private final TaggedAnswers answers;

    ModelResource(ModelService models, LineageService lineage, TaggedAnswers answers) {
        this.models = models;
        this.lineage = lineage;
        this.answers = answers;
    }

    /** A page of models. */
    @Schema(name = "ModelPage")
    public record ModelPage(
            List<ModelBody> items,

            @Schema(description = "To be given as ?after= for the next page; null after the last", nullable = true)
            String next) {}

    @GET
    @Operation(
            summary = "Models of finished campaigns, on sale or not",
            description =
                    "Each restriction narrows the list. minAccuracy and sort=accuracy count independent test sets only, and of"
                            + " these the lowest accuracy: nobody gets ahead by choosing what to prove.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ModelPage.class)))
    @APIResponse(responseCode = "304", description = "The same as before, by its ETag")
    @APIResponse(
            responseCode = "404",
            description = "The deployment has no contract that could say it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Parameter(schema = @Schema(enumeration = {"logistic", "linear", "poisson"})) @QueryParam("kind")
                    String kind,
            @Parameter(description = "Hash of its schema") @QueryParam("schema") String schema,
            @Parameter(description = "The campaign's owner") @QueryParam("owner") String owner,
            @Parameter(description = "Account that answers") @QueryParam("seller") String seller,
            @Parameter(description = "Whether it is on sale now", schema = @Schema(type = SchemaType.BOOLEAN))
                    @QueryParam("listed")
                    String listed,
            @Parameter(
                            description =
                                    "Accuracy that every independent metric of it reaches, and there is one; at most 9 decimals",
                            example = "0.95")
                    @QueryParam("minAccuracy")
                    String minAccuracy,
            @Parameter(
                            description =
                                    "newest first (default), lowest price of a query first, highest proved accuracy first, or most"
                                            + " points first; what has none comes last",
                            schema = @Schema(enumeration = {"newest", "price", "accuracy", "points"}))
                    @QueryParam("sort")
                    String sort,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before, with the same sort") @QueryParam("after")
                    String after) {
        Fields.parameters(uri, "kind", "schema", "owner", "seller", "listed", "minAccuracy", "sort", "limit", "after");
        final int size = Fields.limit(limit);
        final ModelSearch.Order order = ModelQuery.order(sort);
        final List<ModelService.Summary> found = models.list(
                ModelQuery.filter(kind, schema, owner, seller, listed, minAccuracy),
                order,
                ModelQuery.place(order, after),
                size + 1);
        final PageBody<ModelService.Summary> page =
                PageBody.of(found, size, summary -> ModelQuery.cursor(order, summary.place()));
        return answers.of(
                headers, new ModelPage(page.items().stream().map(ModelBody::of).toList(), page.next()));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "One model",
            description = "With what it costs and what was proved of it. Metrics are proved or not there.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ModelBody.class)))
    @APIResponse(responseCode = "304", description = "The same as before, by its ETag")
    @APIResponse(
            responseCode = "404",
            description = "Unknown, or its campaign is not finished",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response get(@Context HttpHeaders headers, @PathParam("id") String id) {
        return answers.of(
                headers,
                models.get(Fields.decimal("id", id, 256)).map(ModelBody::of).orElseThrow(() -> unknown(id)));
    }

    @GET
    @Path("/{id}/lineage")
    @Operation(
            summary = "Where a model comes from: its rounds, in their order",
            description =
                    "With every contribution and its proof's transaction, the excluded ones as such, averages and metrics")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = LineagePage.class)))
    @APIResponse(responseCode = "304", description = "The same as before, by its ETag")
    @APIResponse(
            responseCode = "404",
            description = "Unknown, or its campaign is not finished",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response lineage(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @PathParam("id") String id,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        Fields.parameters(uri, "limit", "after");
        final int size = Fields.limit(limit);
        final int last = after == null ? -1 : Fields.decimal("after", after, 16).intValue();
        final PageBody<LineageBody> page = lineage.of(Fields.decimal("id", id, 256), last, size + 1)
                .map(rounds -> PageBody.of(rounds.stream().map(LineageBody::of).toList(), size, LineageBody::cursor))
                .orElseThrow(() -> unknown(id));
        return answers.of(headers, new LineagePage(page.items(), page.next()));
    }

    /** A page of a model's rounds. */
    @Schema(name = "LineagePage")
    public record LineagePage(
            List<LineageBody> items,

            @Schema(description = "To be given as ?after= for the next page; null after the last", nullable = true)
            String next) {}

    private static NotFoundProblemException unknown(String id) {
        return new NotFoundProblemException("no model " + id + ": there is no such campaign, or it is not finished; see"
                + " /api/v1/campaigns/" + id);
    }
}
