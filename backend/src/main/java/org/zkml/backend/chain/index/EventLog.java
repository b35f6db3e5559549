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

    /**
     * @param campaign only events of this campaign; null for all
     * @param name only events of this name; null for all
     * @param after only events after this place; null for all
     * @param limit most events
     */
    public List<ChainEvent> list(BigInteger campaign, String name, ChainEvent.Key after, int limit) {
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
        return QuarkusTransaction.requiringNew()
                .call(() -> ChainEvent.<ChainEvent>find(query.toString(), values.toArray())
                        .page(Page.ofSize(limit))
                        .list());
    }
}
