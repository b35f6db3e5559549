package org.zkml.backend.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.hash.Keccak256;

/** What a buyer agrees to when it buys a pass, as {@code InferenceMarket.quote} computes it (docs/marketplace.md, "Selling inference"). */
final class ModelQuote {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ModelQuote() {}

    /** 32 bytes as hex. */
    static String of(Campaign campaign, ModelListing listing, ModelListing.Tier tier, int feeBasisPoints) {
        final JsonNode commitment;
        try {
            commitment = MAPPER.readTree(campaign.model);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored model of campaign " + campaign.id + " is no JSON", e);
        }
        return Hex.of(Keccak256.hash(
                Hex.word(campaign.id),
                word(campaign.round),
                Hex.word(new BigInteger(commitment.get("x").asText())),
                Hex.word(new BigInteger(commitment.get("y").asText())),
                Hex.word(new BigInteger(1, Hex.parse(listing.seller))),
                word(tier.queries()),
                word(tier.termSeconds()),
                Hex.word(tier.price()),
                word(feeBasisPoints)));
    }

    private static byte[] word(long value) {
        return Hex.word(BigInteger.valueOf(value));
    }
}
