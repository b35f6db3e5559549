package org.zkml.backend.chain.index;

import com.fasterxml.jackson.databind.JsonNode;

/** What an event is about: the part of the projections that it belongs to. */
public final class EventScope {

    /** Pauses, which move the deadlines of all campaigns. */
    public static final String CLOCK = "clock";

    /** Events that make no projection. */
    static final String NONE = "none";

    private static final String CAMPAIGN = "campaign/";
    private static final String DATASET = "dataset/";

    private EventScope() {}

    static String of(EventDecoder.Decoded event) {
        final JsonNode arguments = event.arguments();
        if (arguments.has("campaignId")) {
            return CAMPAIGN + arguments.get("campaignId").asText();
        }
        if (event.contract().equals("DatasetRegistry") && arguments.has("datasetId")) {
            return DATASET + arguments.get("datasetId").asText();
        }
        return event.name().equals("Paused") || event.name().equals("Unpaused") ? CLOCK : NONE;
    }

    /** The campaign's number if the scope is one, else null. */
    public static String campaign(String scope) {
        return scope.startsWith(CAMPAIGN) ? scope.substring(CAMPAIGN.length()) : null;
    }

    /** The data set's id if the scope is one, else null. */
    public static String dataset(String scope) {
        return scope.startsWith(DATASET) ? scope.substring(DATASET.length()) : null;
    }
}
