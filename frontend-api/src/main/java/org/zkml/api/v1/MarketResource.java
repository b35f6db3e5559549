package org.zkml.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
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
import org.zkml.backend.model.ModelService;
import org.zkml.backend.payout.PayoutService;

@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Market", description = "Models, payouts, the contracts and all their events")
public class MarketResource {

    private final ModelService models;
    private final PayoutService payouts;
    private final EventLog events;
    private final DeploymentDocument deployment;

    MarketResource(ModelService models, PayoutService payouts, EventLog events, DeploymentDocument deployment) {
        this.models = models;
        this.payouts = payouts;
        this.events = events;
        this.deployment = deployment;
    }

    @GET
    @Path("/models")
    @Operation(summary = "The global models of all campaigns, newest first")
    public PageBody<ModelBody> models(
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        final int size = Fields.limit(limit);
        final BigInteger before = after == null ? null : Fields.decimal("after", after, 256);
        final List<ModelBody> items =
                models.list(before, size + 1).stream().map(ModelBody::of).toList();
        return PageBody.of(items, size, ModelBody::campaignId);
    }

    @GET
    @Path("/payouts")
    @Operation(
            summary = "What an account has earned: minted, in escrow, released, claimed, claimable",
            description = "Each amount with the events that it follows from and the formula filled in")
    public PayoutBody payouts(
            @Parameter(required = true) @QueryParam("account") String account,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before", example = "17.2") @QueryParam("after")
                    String after) {
        final int size = Fields.limit(limit);
        return PayoutBody.of(
                payouts.of(Fields.address("account", account), after == null ? null : place(after), size + 1), size);
    }

    @GET
    @Path("/audit/events")
    @Operation(summary = "Every event of the contracts, decoded, oldest first")
    public PageBody<EventBody> events(
            @Parameter(description = "Only of this campaign") @QueryParam("campaign") String campaign,
            @Parameter(description = "Only of this name", example = "ContributionVerified") @QueryParam("name")
                    String name,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before", example = "17.2") @QueryParam("after")
                    String after) {
        final int size = Fields.limit(limit);
        final BigInteger number = campaign == null ? null : Fields.decimal("campaign", campaign, 256);
        final List<EventBody> items = events.list(number, name, after == null ? null : place(after), size + 1).stream()
                .map(EventBody::of)
                .toList();
        return PageBody.of(items, size, EventBody::cursor);
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

    private static ChainEvent.Key place(String cursor) {
        if (!cursor.matches("[0-9]{1,18}\\.[0-9]{1,9}")) {
            throw new MalformedRequestException("after", "\"" + cursor + "\" is no cursor of a page before");
        }
        final int dot = cursor.indexOf('.');
        return new ChainEvent.Key(
                Long.parseLong(cursor.substring(0, dot)), Integer.parseInt(cursor.substring(dot + 1)));
    }
}
