package org.zkml.backend.model;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.zkml.prover.fixedpoint.ModelKind;

/** Finds models: those of finished campaigns. Pages follow the order's key and then the number, so that none is there twice or left out. */
@ApplicationScoped
public class ModelSearch {

    /** Below every price's key, turned round; what has no price comes last. */
    private static final BigInteger NO_PRICE = BigInteger.TWO.pow(200).negate();

    private static final long ACCURACY_UNIT = 1_000_000_000L;

    private final EntityManager entities;

    ModelSearch(EntityManager entities) {
        this.entities = entities;
    }

    /** What the models are ordered by. */
    public enum Order {
        /** Highest number first. */
        NEWEST("c.id"),
        /** Lowest price a query first; those off sale last. */
        PRICE("coalesce(-l.lowest_price, " + NO_PRICE + ")"),
        /** Highest first: the lowest accuracy that was proved on an independent test set; those without one last. */
        ACCURACY(
                "coalesce(case when c.kind = " + ModelKind.LOGISTIC.ordinal() + " then (select min(m.accuracy)"
                        + " from model_metric m where m.campaign_id = c.id and m.model_round = c.round and m.independent) end, -1)"),
        /** Most verified rows first. */
        POINTS("(select coalesce(sum(r.weight_total), 0) from campaign_round r where r.campaign_id = c.id)");

        private final String key;

        Order(String key) {
            this.key = key;
        }
    }

    /**
     * Which models are wanted; null for any.
     *
     * @param listed whether it is on sale now
     * @param minAccuracy a logistic model that was proved on an independent test set, and on all of these at least as accurate: 0 to 1, at
     *     most 9 decimals
     */
    public record Filter(
            ModelKind kind, String schemaHash, String owner, String seller, Boolean listed, BigDecimal minAccuracy) {}

    /**
     * A model's place in an order.
     *
     * @param key what it is ordered by; falls along the pages
     */
    public record Place(BigInteger key, BigInteger id) {}

    /**
     * Within a transaction.
     *
     * @param after only those after this place; null for all
     */
    List<Place> find(Filter filter, Order order, Place after, int limit) {
        final Map<String, Object> values = new HashMap<>();
        final StringBuilder text = new StringBuilder("select id, sort_key from (select c.id as id, cast(")
                .append(order.key)
                .append(" as numeric(78, 0)) as sort_key from campaign c"
                        + " left join model_listing l on l.model_id = c.id where c.ended = 'FINISHED'");
        restrict(filter, text, values);
        text.append(") f");
        if (after != null) {
            text.append(" where f.sort_key < :key or f.sort_key = :key and f.id < :id");
            values.put("key", after.key());
            values.put("id", after.id());
        }
        final Query query = entities.createNativeQuery(
                        text.append(" order by f.sort_key desc, f.id desc").toString())
                .setMaxResults(limit);
        values.forEach(query::setParameter);
        final List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(ModelSearch::place).toList();
    }

    private static Place place(Object... row) {
        return new Place(((BigDecimal) row[1]).toBigIntegerExact(), ((BigDecimal) row[0]).toBigIntegerExact());
    }

    private static void restrict(Filter filter, StringBuilder text, Map<String, Object> values) {
        if (filter.kind() != null) {
            text.append(" and c.kind = :kind");
            values.put("kind", filter.kind().ordinal());
        }
        if (filter.schemaHash() != null) {
            text.append(" and c.schema_hash = :schema");
            values.put("schema", filter.schemaHash());
        }
        if (filter.owner() != null) {
            text.append(" and c.owner = :owner");
            values.put("owner", filter.owner());
        }
        if (filter.seller() != null) {
            text.append(" and l.seller = :seller");
            values.put("seller", filter.seller());
        }
        if (filter.listed() != null) {
            text.append(filter.listed() ? " and l.lowest_price is not null" : " and l.lowest_price is null");
        }
        if (filter.minAccuracy() != null) {
            // Exact: both products are below 2^63.
            final String counts =
                    " (select 1 from model_metric m where m.campaign_id = c.id and m.model_round = c.round"
                            + " and m.independent";
            text.append(" and c.kind = ").append(ModelKind.LOGISTIC.ordinal());
            text.append(" and exists").append(counts).append(") and not exists").append(counts);
            text.append(" and m.hits * ").append(ACCURACY_UNIT).append(" < :accuracy * m.evaluated_rows)");
            values.put(
                    "accuracy",
                    filter.minAccuracy()
                            .multiply(BigDecimal.valueOf(ACCURACY_UNIT))
                            .longValueExact());
        }
    }
}
