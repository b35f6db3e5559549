package org.zkml.backend.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.zkml.backend.chain.index.ChainEvent;

/** A fee that governance set for passes sold from then on. */
@Entity
@Table(name = "protocol_fee")
@IdClass(ChainEvent.Key.class)
public class ProtocolFee extends PanacheEntityBase {

    @Id
    @Column(name = "block_number")
    public long blockNumber;

    @Id
    @Column(name = "log_index")
    public int logIndex;

    /** In 1/10,000 of what is released. */
    @Column(name = "basis_points")
    public int basisPoints;

    /** The one of now: 0 until one is set. */
    static int present() {
        return ProtocolFee.<ProtocolFee>find("order by blockNumber desc, logIndex desc")
                .firstResultOptional()
                .map(fee -> fee.basisPoints)
                .orElse(0);
    }
}
