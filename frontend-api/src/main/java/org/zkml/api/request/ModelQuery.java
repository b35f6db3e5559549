package org.zkml.api.request;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zkml.api.problem.MalformedRequestException;
import org.zkml.backend.model.ModelSearch;
import org.zkml.prover.fixedpoint.ModelKind;

/** Parameters of a search for models. */
public final class ModelQuery {

    private static final String CURSOR = "([a-z]+)_(-?[0-9]{1,78})_([0-9]{1,78})";

    private ModelQuery() {}

    /** The filter; parameters that are null restrict nothing. */
    public static ModelSearch.Filter filter(
            String kind, String schema, String owner, String seller, String listed, String minAccuracy) {
        return new ModelSearch.Filter(
                kind == null ? null : choice("kind", kind, Arrays.stream(ModelKind.values()), ModelKind::id),
                schema == null ? null : Fields.hash("schema", schema),
                owner == null ? null : Fields.address("owner", owner),
                seller == null ? null : Fields.address("seller", seller),
                listed == null ? null : choice("listed", listed, Stream.of(true, false), Object::toString),
                minAccuracy == null ? null : accuracy(minAccuracy));
    }

    /** The order; newest first if there is no parameter. */
    public static ModelSearch.Order order(String sort) {
        return sort == null
                ? ModelSearch.Order.NEWEST
                : choice("sort", sort, Arrays.stream(ModelSearch.Order.values()), ModelQuery::name);
    }

    /** Where a page ended, which belongs to its order. */
    public static String cursor(ModelSearch.Order order, ModelSearch.Place place) {
        return name(order) + "_" + place.key() + "_" + place.id();
    }

    /** Null for the first page. */
    public static ModelSearch.Place place(ModelSearch.Order order, String after) {
        if (after == null) {
            return null;
        }
        if (!after.matches(CURSOR)) {
            throw new MalformedRequestException(
                    "after",
                    "\"" + Fields.shown(after) + "\" is not the member next of a page before: give that, or nothing");
        }
        final String[] parts = after.split("_", -1);
        if (!parts[0].equals(name(order))) {
            throw new MalformedRequestException(
                    "after",
                    "\"" + after + "\" is of pages sorted by " + parts[0] + ", these are by " + name(order)
                            + ": keep sort the same, or begin without after");
        }
        return new ModelSearch.Place(new BigInteger(parts[1]), new BigInteger(parts[2]));
    }

    private static String name(ModelSearch.Order order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    private static BigDecimal accuracy(String text) {
        if (!text.matches("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?")) {
            throw new MalformedRequestException(
                    "minAccuracy",
                    "\"" + Fields.shown(text)
                            + "\" is not a decimal number from 0 to 1 with at most 9 decimals, such as 0.95");
        }
        return new BigDecimal(text);
    }

    private static <T> T choice(String field, String text, Stream<T> values, Function<T, String> name) {
        final Map<String, T> byName =
                values.collect(Collectors.toMap(name, value -> value, (first, second) -> first, LinkedHashMap::new));
        final T chosen = byName.get(text);
        if (chosen == null) {
            throw new MalformedRequestException(
                    field, "\"" + Fields.shown(text) + "\" is none of " + String.join(", ", byName.keySet()));
        }
        return chosen;
    }
}
