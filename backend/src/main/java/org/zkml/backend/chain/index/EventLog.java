package org.zkml.backend.chain.index;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** All decoded events, oldest first. */
@ApplicationScoped
public class EventLog {

    /** Most characters of the events' arguments that a page has, unless its first event has more: a share on chain may have 140,000. */
    private static final int PAGE_CHARS = 2_000_000;

    /** @param complete whether there is none after these */
    public record Events(List<ChainEvent> items, boolean complete) {}

    /**
     * @param campaign only events of this campaign; null for all
     * @param name only events of this name; null for all
     * @param after only events after this place; null for all
     * @param limit most events; there may be fewer though more follow
     */
    public Events list(BigInteger campaign, String name, ChainEvent.Key after, int limit) {
        final StringBuilder query = new StringBuilder("1 = 1");
        final List<Object> values = new ArrayList<>();
        if (campaign != null) {
            values.add(campaign);
            query.append(" and campaignId = ?").append(values.size());
        }
        if (name != null) {
            values.add(name);
            query.append(" and name = ?").append(values.size());
        }
        if (after != null) {
            values.add(after.blockNumber);
            final int block = values.size();
            values.add(after.logIndex);
            query.append(" and (blockNumber > ?").append(block);
            query.append(" or (blockNumber = ?").append(block);
            query.append(" and logIndex > ?").append(values.size()).append("))");
        }
        query.append(" order by blockNumber, logIndex");
        return QuarkusTransaction.requiringNew().call(() -> page(query.toString(), values.toArray(), limit));
    }

    /** Sizes first: what a page does not take is not read. */
    private static Events page(String query, Object[] values, int limit) {
        final List<Integer> sizes = ChainEvent.find("select length(arguments) from ChainEvent where " + query, values)
                .page(Page.ofSize(limit + 1))
                .project(Integer.class)
                .list();
        int fitting = 0;
        long chars = 0;
        while (fitting < Math.min(limit, sizes.size())) {
            chars += sizes.get(fitting);
            if (fitting > 0 && chars > PAGE_CHARS) {
                break;
            }
            fitting++;
        }
        final List<ChainEvent> items = fitting == 0
                ? List.of()
                : ChainEvent.<ChainEvent>find(query, values)
                        .page(Page.ofSize(fitting))
                        .list();
        return new Events(items, sizes.size() <= fitting);
    }
}
