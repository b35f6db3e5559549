package org.zkml.backend.campaign;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import org.zkml.backend.chain.index.ChainEvent;

/** A time in which the campaigns' clock stood still. */
@Entity
@Table(name = "market_pause")
@IdClass(ChainEvent.Key.class)
public class MarketPause extends PanacheEntityBase {

    /** Of the event that began it: of one second, or block, there may be many. */
    @Id
    @Column(name = "block_number")
    public long blockNumber;

    @Id
    @Column(name = "log_index")
    public int logIndex;

    /** Unix seconds. */
    @Column(name = "began_at")
    public long beganAt;

    /** Unix seconds; null while it lasts. */
    @Column(name = "ended_at")
    public Long endedAt;

    /** What the campaigns' clock shows at a Unix time: that time without all pauses before it. */
    static long clock(long unixTime) {
        long clock = unixTime;
        final List<MarketPause> pauses = listAll();
        for (MarketPause pause : pauses) {
            if (pause.beganAt < unixTime) {
                final long end = pause.endedAt == null ? unixTime : Math.min(pause.endedAt, unixTime);
                clock -= end - pause.beganAt;
            }
        }
        return clock;
    }
}
