package org.zkml.backend.inference;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.math.BigInteger;

/** How many rows were asked with a pass. */
@Entity
@Table(name = "pass_use")
public class PassUse extends PanacheEntityBase {

    @Id
    @Column(name = "pass_id", precision = 78, scale = 0)
    public BigInteger passId;

    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    /** The highest count that was answered, or redeemed before this database knew the pass. */
    public long used;

    /** Locked until the transaction ends. */
    static PassUse locked(BigInteger passId) {
        return findById(passId, LockModeType.PESSIMISTIC_WRITE);
    }
}
