package org.zkml.backend.chain.index;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;

/** What an event is about: the part of the projections that it belongs to. */
public final class EventScope {

    /** Pauses of campaigns, which move the deadlines of all of them. */
    public static final String CLOCK = "clock";

    /** Pauses of the sale of inference, which move the terms of all passes. */
    public static final String SALE_CLOCK = "sale-clock";

    /** The protocol's fee on passes. */
    public static final String FEE = "fee";

    /** Events that make no projection. */
    static final String NONE = "none";

    private static final String CAMPAIGN = "campaign/";
    private static final String DATASET = "dataset/";
    private static final String MODEL = "model/";

    private EventScope() {}

    static String of(EventDecoder.Decoded event) {
        final JsonNode arguments = event.arguments();
        if (arguments.has("campaignId")) {
            return CAMPAIGN + arguments.get("campaignId").asText();
        }
        if (arguments.has("modelId")) {
            return MODEL + arguments.get("modelId").asText();
        }
        if (arguments.has("datasetId")) {
            return DATASET + arguments.get("datasetId").asText();
        }
        return switch (event.name()) {
            case "Paused", "Unpaused" -> event.contract().equals("InferenceMarket") ? SALE_CLOCK : CLOCK;
            case "FeeSet" -> FEE;
            default -> NONE;
        };
    }

    /** The campaign, or the campaign whose model it is; null if the scope is neither. */
    static BigInteger number(String scope) {
        final String number = campaign(scope) != null ? campaign(scope) : model(scope);
        return number == null ? null : new BigInteger(number);
    }

    /** The campaign's number if the scope is one, else null. */
    public static String campaign(String scope) {
        return scope.startsWith(CAMPAIGN) ? scope.substring(CAMPAIGN.length()) : null;
    }

    /** The number of the model on sale if the scope is one, else null. */
    public static String model(String scope) {
        return scope.startsWith(MODEL) ? scope.substring(MODEL.length()) : null;
    }

    /** The data set's id if the scope is one, else null. */
    public static String dataset(String scope) {
        return scope.startsWith(DATASET) ? scope.substring(DATASET.length()) : null;
    }
}
