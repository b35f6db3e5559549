package org.zkml.backend.chain.index;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of all tables that are made from events. */
final class ProjectedTables {

    private static final List<String> TABLES = List.of(
            "dataset",
            "campaign",
            "seat",
            "contribution",
            "campaign_round",
            "share_dispute",
            "exclusion",
            "reward",
            "round_end",
            "payout_claim",
            "market_pause",
            "model_listing",
            "model_metric",
            "base_rate",
            "protocol_fee",
            "inference_pass",
            "pass_redemption",
            "revenue_claim",
            "chain_event");

    private ProjectedTables() {}

    /** By table; events in their order. */
    static Map<String, List<String>> of(EntityManager entities) {
        return QuarkusTransaction.requiringNew().call(() -> {
            final Map<String, List<String>> rows = new TreeMap<>();
            for (String table : TABLES) {
                rows.put(table, rows(entities, table));
            }
            return rows;
        });
    }

    private static List<String> rows(EntityManager entities, String table) {
        final String order = table.equals("chain_event") ? " order by block_number, log_index" : "";
        final List<String> rows = new ArrayList<>();
        for (Object row :
                entities.createNativeQuery("select * from " + table + order).getResultList()) {
            rows.add(row instanceof Object[] columns ? Arrays.toString(columns) : String.valueOf(row));
        }
        return order.isEmpty() ? rows.stream().sorted().toList() : rows;
    }
}
