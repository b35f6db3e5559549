package org.zkml.api.v1;

import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.model.ModelService;

/** The global model of a campaign: what the chain commits to, and whose work is in it. */
@Schema(name = "Model")
public record ModelBody(
        String campaignId,
        String owner,

        @Schema(
                enumeration = {"open", "running", "finished", "cancelled"},
                description = "Its campaign's state")
        String state,

        @Schema(enumeration = {"logistic", "linear", "poisson"})
        String kind,

        String schemaHash,
        int rounds,

        @Schema(description = "Rounds whose average is in the model")
        int averagedRounds,

        @Schema(description = "Commitment to the weights") PointBody model,

        @Schema(description = "In the order of their first contribution")
        List<Contributor> contributors) {

    /** A provider whose contributions were verified. */
    @Schema(name = "Contributor")
    public record Contributor(
            String account,

            @Schema(description = "Rows that count, over all rounds")
            long points) {}

    static ModelBody of(ModelService.View view) {
        final Campaign campaign = view.campaign().campaign();
        return new ModelBody(
                campaign.id.toString(),
                campaign.owner,
                view.campaign().state().name().toLowerCase(Locale.ROOT),
                campaign.terms().modelKind().id(),
                campaign.schemaHash,
                campaign.terms().rounds(),
                campaign.round,
                PointBody.of(view.commitment()),
                view.points().entrySet().stream()
                        .map(entry -> new Contributor(entry.getKey(), entry.getValue()))
                        .toList());
    }
}
