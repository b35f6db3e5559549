package org.zkml.api.v1;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of a list. */
@Schema(name = "Page")
public record PageBody<T>(
        List<T> items,

        @Schema(description = "To be given as ?after= for the next page; null after the last", nullable = true)
        String next) {

    /** Of one element more than the page takes, if there is one. */
    static <T> PageBody<T> of(List<T> items, int limit, Function<T, String> cursor) {
        return items.size() <= limit
                ? new PageBody<>(items, null)
                : new PageBody<>(items.subList(0, limit), cursor.apply(items.get(limit - 1)));
    }
}
