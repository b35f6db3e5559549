package org.zkml.backend.inference;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.InferenceContracts.SoldPass;

/** What was asked with a pass, and what came of it. It changes under its lock; whoever holds that waits for no prediction's. */
@Entity
@Table(name = "pass_use")
public class PassUse extends PanacheEntityBase {

    private static final Logger LOG = Logger.getLogger(PassUse.class);

    @Id
    @Column(name = "pass_id", precision = 78, scale = 0)
    public BigInteger passId;

    @Column(name = "model_id", precision = 78, scale = 0)
    public BigInteger modelId;

    /** The pass's, when it was first asked with; empty if that was not kept, until {@link #requireOf}. */
    @Column(name = "session_key")
    public String sessionKey;

    /** Address of the contract that sold it; empty likewise. */
    public String market;

    /** The highest count that was answered, or redeemed before this database knew the pass. */
    public long used;

    /** The highest count up to which all answers are proved; 0 if there is none. */
    public long redeemable;

    /** When a proof of the pass was begun last: the pass that waits longest is next. */
    @Column(name = "proof_begun_at")
    public Instant proofBegunAt;

    /**
     * Nothing if it was not asked with yet.
     *
     * @throws PassRejectedException if the number was another pass's
     */
    static Optional<PassUse> of(SoldPass pass) {
        return PassUse.<PassUse>findByIdOptional(pass.id()).map(use -> use.requireOf(pass));
    }

    /** Locked until the transaction ends. */
    static PassUse locked(BigInteger passId) {
        return findById(passId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** @throws PassRejectedException if it is of another pass with the same number */
    PassUse requireOf(SoldPass pass) {
        if (sessionKey.isEmpty() || market.isEmpty()) {
            adopt(pass);
        }
        if (!sessionKey.equals(pass.sessionKey()) || !market.equals(pass.market())) {
            LOG.errorf(
                    "not the pass that was asked with before: pass=%s sessionKey=%s market=%s, before sessionKey=%s market=%s",
                    passId, pass.sessionKey(), pass.market(), sessionKey, market);
            throw PassRejectedException.otherPass(pass);
        }
        return this;
    }

    private void adopt(SoldPass pass) {
        getEntityManager().refresh(this, LockModeType.PESSIMISTIC_WRITE);
        if (sessionKey.isEmpty() && Prediction.first(passId).stream().allMatch(first -> first.isAskedBy(pass))) {
            sessionKey = pass.sessionKey();
        }
        if (market.isEmpty()) {
            market = pass.market();
        }
    }
}
