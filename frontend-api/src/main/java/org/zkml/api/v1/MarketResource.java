package org.zkml.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.api.problem.Problem;
import org.zkml.api.request.Fields;
import org.zkml.backend.chain.DeploymentDocument;
import org.zkml.backend.chain.index.ChainEvent;
import org.zkml.backend.chain.index.EventLog;
import org.zkml.backend.payout.PayoutService;
import org.zkml.backend.payout.RevenueService;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Market", description = "Payouts, the contracts and all their events")
public class MarketResource {

    private final PayoutService payouts;
    private final RevenueService revenue;
    private final EventLog events;
    private final DeploymentDocument deployment;
    private final TaggedAnswers answers;

    MarketResource(
            PayoutService payouts,
            RevenueService revenue,
            EventLog events,
            DeploymentDocument deployment,
            TaggedAnswers answers) {
        this.payouts = payouts;
        this.revenue = revenue;
        this.events = events;
        this.deployment = deployment;
        this.answers = answers;
    }

    @GET
    @Path("/payouts")
    @Operation(
            summary = "What an account has earned: rewards, and revenue of models on sale",
            description = "Each amount with the events that it follows from and the formula filled in")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PayoutBody.class)))
    @APIResponse(responseCode = "304", description = "The same as before, by its ETag")
    public Response payouts(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @Parameter(required = true) @QueryParam("account") String account,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before", example = "17.2") @QueryParam("after")
                    String after,
            @Parameter(description = "The member revenue.next of the page before", example = "4")
                    @QueryParam("afterModel")
                    String afterModel) {
        Fields.parameters(uri, "account", "limit", "after", "afterModel");
        final int size = Fields.limit(limit);
        final String owner = Fields.address("account", account);
        final ChainEvent.Key place = Fields.place("after", after);
        final BigInteger model = afterModel == null ? null : Fields.decimal("afterModel", afterModel, 256);
        return answers.of(
                headers, PayoutBody.of(payouts.of(owner, place, size + 1), revenue.of(owner, model, size + 1), size));
    }

    @GET
    @Path("/audit/events")
    @Operation(summary = "Every event of the contracts, decoded, oldest first")
    public PageBody<EventBody> events(
            @Context UriInfo uri,
            @Parameter(description = "Only of this campaign") @QueryParam("campaign") String campaign,
            @Parameter(description = "Only of this name", example = "ContributionVerified") @QueryParam("name")
                    String name,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before", example = "17.2") @QueryParam("after")
                    String after) {
        Fields.parameters(uri, "campaign", "name", "limit", "after");
        final int size = Fields.limit(limit);
        final BigInteger number = campaign == null ? null : Fields.decimal("campaign", campaign, 256);
        if (name != null && !name.matches("[A-Za-z]{1,60}")) {
            throw new MalformedRequestException("name", "is not an event's: up to 60 letters");
        }
        final EventLog.Events page = events.list(number, name, Fields.place("after", after), size);
        final List<EventBody> items = page.items().stream().map(EventBody::of).toList();
        return new PageBody<>(
                items,
                page.complete() || items.isEmpty() ? null : items.getLast().cursor());
    }

    @GET
    @Path("/deployment")
    @Operation(
            summary = "The contracts' addresses: deployment.json",
            description = "A hint: pin the addresses that you got another way")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Object.class)))
    @APIResponse(
            responseCode = "503",
            description = "Chain unavailable",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public JsonNode deployment() {
        return deployment.read();
    }
}
