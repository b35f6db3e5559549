package org.zkml.backend.inference;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.util.Optional;
import org.zkml.backend.chain.Hex;
import org.zkml.prover.inference.Query;

/** Rows that were refused because the model's answer to one of them leaves its range. Made under the lock of the pass's use. */
@Entity
@Table(name = "pass_refusal")
@IdClass(Refusal.Key.class)
public class Refusal extends PanacheEntityBase {

    /** Refusals after which no other rows are answered with the pass: each tells for nothing in which row the model leaves its range, and where it does tells its weights. */
    static final int MOST = 16;

    /** The same rows with the same salt again are told the same: nothing new. */
    public record Key(BigInteger passId, String inputsHash) {}

    @Id
    @Column(name = "pass_id", precision = 78, scale = 0)
    public BigInteger passId;

    @Id
    @Column(name = "inputs_hash")
    public String inputsHash;

    /** The first one of them that is out of range, from 0. */
    @Column(name = "refused_row")
    public int row;

    static Refusal of(Query query, int row) {
        final Refusal made = new Refusal();
        made.passId = query.passId();
        made.inputsHash = Hex.of(query.inputsHash());
        made.row = row;
        return made;
    }

    /** Of the query's rows with its pass, under whatever count. */
    static Optional<Refusal> of(Query query) {
        return findByIdOptional(new Key(query.passId(), Hex.of(query.inputsHash())));
    }

    /** @throws PassRejectedException if a pass had as many as it may have */
    static void requireFew(BigInteger passId) {
        final long refusals = count("passId", passId);
        if (refusals >= MOST) {
            throw PassRejectedException.tooManyRefusals(passId, refusals);
        }
    }
}
