package org.zkml.api.problem;

/** Where the API has what the outbox names. */
final class ResourcePaths {

    private ResourcePaths() {}

    /** @param resource such as {@code contribution/0x..} or {@code seat/7/0x..} */
    static String of(String resource) {
        final String[] parts = resource.split("/", -1);
        return switch (parts[0]) {
            case "dataset" -> "/api/v1/datasets/" + parts[1];
            case "contribution" -> "/api/v1/contributions/" + parts[1];
            case "seat" -> "/api/v1/campaigns/" + parts[1] + "/seats/" + parts[2];
            case "claim" -> "/api/v1/campaigns/" + parts[1] + "/claims/" + parts[2];
            case "publish" -> share(parts, "/shares/");
            case "answer" -> share(parts, "/answers/");
            case "message" -> "/api/v1/campaigns/" + parts[1] + "/messages/" + parts[2];
            default -> throw new IllegalArgumentException("no path of " + resource);
        };
    }

    /** @param parts kind, campaign, round, provider, aggregator */
    private static String share(String[] parts, String collection) {
        return "/api/v1/campaigns/" + parts[1] + "/rounds/" + parts[2] + collection + parts[3] + "/" + parts[4];
    }
}
