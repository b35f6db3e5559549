package org.zkml.api.v1;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.zkml.backend.model.ModelListing;
import org.zkml.backend.model.ModelService;

/** What an owner offers of its model. */
@Schema(name = "Listing")
public record ListingBody(
        @Schema(description = "Account that answers and signs receipts")
        String seller,

        @Schema(
                description =
                        "Where it answers: the owner's word, checked by nobody; any characters, at most 256 bytes",
                example = "https://models.example.org")
        String endpoint,

        @Schema(description = "None while the model is off sale")
        List<TierBody> tiers,

        Instant listedAt,
        long blockNumber,
        String transactionHash) {

    /** What a pass can be. */
    @Schema(name = "Tier")
    public record TierBody(
            @Schema(description = "As InferenceMarket counts, from 0")
            int index,

            @Schema(description = "Rows that may be asked", example = "100")
            long queries,

            @Schema(description = "Seconds in which they may be asked", example = "2592000")
            long termSeconds,

            @Schema(description = "Of the whole pass, base units", example = "1000000000000000000")
            String price,

            @Schema(description = "Rounded up", example = "10000000000000000")
            String pricePerQuery,

            @Schema(
                    description =
                            "What buyPass wants to be told: covers model, version, seller, terms, price and fee of now. Compute it"
                                    + " yourself, or ask the contract, before you pay")
            String quote) {}

    static ListingBody of(ModelService.Summary summary) {
        final ModelListing listing = summary.listing();
        return new ListingBody(
                listing.seller,
                listing.endpoint(),
                summary.offers().stream().map(ListingBody::tier).toList(),
                listing.listedAt,
                listing.position.blockNumber,
                listing.position.transactionHash);
    }

    private static TierBody tier(ModelService.Offer offer) {
        final ModelListing.Tier tier = offer.tier();
        return new TierBody(
                offer.index(),
                tier.queries(),
                tier.termSeconds(),
                tier.price().toString(),
                tier.pricePerQuery().toString(),
                offer.quote());
    }
}
