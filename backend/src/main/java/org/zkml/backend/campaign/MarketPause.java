package org.zkml.backend.campaign;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.zkml.backend.chain.index.ChainEvent;

/** A time in which a contract's clock stood still. */
@Entity
@Table(name = "market_pause")
@IdClass(ChainEvent.Key.class)
public class MarketPause extends PanacheEntityBase {

    /** The contract of campaigns. */
    static final String CAMPAIGNS = "TrainingCampaigns";

    /** The contract of the sale of inference. */
    static final String SALE = "InferenceMarket";

    /** Of the event that began it: of one second, or block, there may be many. */
    @Id
    @Column(name = "block_number")
    public long blockNumber;

    @Id
    @Column(name = "log_index")
    public int logIndex;

    /** Name of the contract. */
    public String contract;

    /** Unix seconds. */
    @Column(name = "began_at")
    public long beganAt;

    /** Unix seconds; null while it lasts. */
    @Column(name = "ended_at")
    public Long endedAt;

    /** All pauses of campaigns. */
    static PausableClock campaigns() {
        return new PausableClock(list("contract", CAMPAIGNS));
    }

    /** All pauses of the sale. */
    static PausableClock sale() {
        return new PausableClock(list("contract", SALE));
    }
}
