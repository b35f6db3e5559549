package org.zkml.api.v1;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
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
import org.zkml.api.problem.Problem;
import org.zkml.api.request.Fields;
import org.zkml.backend.inference.Prediction;
import org.zkml.backend.inference.Redemptions;

@Path("/api/v1/redemptions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Predictions", description = "Answers of a seller's instance; read by whoever asked")
public class RedemptionResource {

    private static final int WORD_BITS = 256;

    private final Redemptions redemptions;

    RedemptionResource(Redemptions redemptions) {
        this.redemptions = redemptions;
    }

    @GET
    @Operation(
            summary = "What can be redeemed: of every pass the highest count up to which all answers are proved",
            description =
                    "Anybody may send it to the market: what it releases goes to those who are due it. Left out is"
                            + " what was redeemed already, and passes that are closed.")
    @APIResponse(responseCode = "200")
    @APIResponse(
            responseCode = "404",
            description = "The deployment has no InferenceMarket",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public PageBody<RedemptionBody> redemptions(
            @Context UriInfo uri,
            @Parameter(description = "1 to 200, default 50", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit,
            @Parameter(description = "The member next of the page before") @QueryParam("after") String after) {
        Fields.parameters(uri, "limit", "after");
        final int size = Fields.limit(limit);
        final List<Prediction> found = redemptions.after(
                after == null ? BigInteger.ZERO : Fields.decimal("after", after, WORD_BITS), size + 1);
        final List<Prediction> page = found.subList(0, Math.min(size, found.size()));
        return new PageBody<>(
                page.stream().map(RedemptionBody::of).toList(),
                found.size() <= size ? null : page.getLast().passId.toString());
    }
}
