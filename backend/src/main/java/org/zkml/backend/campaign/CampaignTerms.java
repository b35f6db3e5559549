package org.zkml.backend.campaign;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import org.zkml.prover.fixedpoint.ModelKind;

/** What a campaign's owner fixed for good: CampaignTerms of the contract, as the event has them. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CampaignTerms(
        BigInteger rateNumerator,
        BigInteger rateDenominator,
        BigInteger decayNumerator,
        BigInteger decayDenominator,
        long feat,
        long steps,
        long rowCap,
        int rounds,
        int minProviders,
        int maxProviders,
        int ownerShareBasisPoints,
        int lk,
        int lb,
        int lt,
        int b,
        int kind,
        boolean openToAll,
        long joinSeconds,
        long contributionSeconds,
        long shareSeconds,
        long answerSeconds,
        long aggregationSeconds,
        BigInteger rewardPerRow,
        BigInteger floorPricePerQuery) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static CampaignTerms parse(String json) {
        try {
            return MAPPER.readValue(json, CampaignTerms.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored terms are malformed", e);
        }
    }

    public ModelKind modelKind() {
        return ModelKind.values()[kind];
    }

    /** When a round that begins then takes no contributions any more; all these are times of the pausable clock. */
    public long contributionEnd(long begins) {
        return begins + contributionSeconds;
    }

    /** When shares can be disputed. */
    public long disputeBegin(long begins) {
        return contributionEnd(begins) + shareSeconds / 2;
    }

    /** When they cannot be disputed any more. */
    public long shareEnd(long begins) {
        return contributionEnd(begins) + shareSeconds;
    }

    /** When disputes cannot be answered any more. */
    public long answerEnd(long begins) {
        return shareEnd(begins) + answerSeconds;
    }

    /** When it lapses if it was not averaged. */
    public long aggregationEnd(long begins) {
        return answerEnd(begins) + aggregationSeconds;
    }

    /** The learning rate, such as {@code 1/2}. */
    public String rate() {
        return fraction(rateNumerator, rateDenominator);
    }

    /** The weight decay, {@code 0} if there is none. */
    public String decay() {
        return fraction(decayNumerator, decayDenominator);
    }

    private static String fraction(BigInteger numerator, BigInteger denominator) {
        return numerator.signum() == 0 || denominator.equals(BigInteger.ONE)
                ? numerator.toString()
                : numerator + "/" + denominator;
    }
}
