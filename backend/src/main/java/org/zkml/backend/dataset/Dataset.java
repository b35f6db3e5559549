package org.zkml.backend.dataset;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.index.ChainPosition;
import org.zkml.prover.relation.DatasetStatement;

/** A registered data set, as the chain has it. */
@Entity
public class Dataset extends PanacheEntityBase {

    /** {@code keccak256(abi.encode(provider, cX, cY))}. */
    @Id
    public String id;

    public String provider;

    @Column(name = "schema_hash")
    public String schemaHash;

    /** log2 of the rows, padding included. */
    public int ln;

    /** log2 of the features, padding included. */
    public int lk;

    /** Bits of a limb. */
    public int b;

    /** Rows with data. */
    public long n;

    /** Features with data, intercept included. */
    public long feat;

    /** Point of G1 as a JSON object. */
    @Column(name = "commitment_x")
    public String commitmentX;

    /** Point of G1 as a JSON object. */
    @Column(name = "commitment_y")
    public String commitmentY;

    @Column(name = "proof_hash")
    public String proofHash;

    /** Whether the provider has withdrawn it. */
    public boolean retired;

    @Embedded
    public ChainPosition position;

    @Column(name = "registered_at")
    public Instant registeredAt;

    /** Whether this is what the statement says of the same commitments. */
    boolean isAbout(DatasetStatement s) {
        return schemaHash.equals(Hex.of(Hex.word(s.schemaHash())))
                && ln == s.ln()
                && lk == s.lk()
                && b == s.b()
                && n == s.n()
                && feat == s.feat();
    }

    public static Optional<Dataset> of(String id) {
        return findByIdOptional(id);
    }

    /** By id; those that are registered. */
    public static Map<String, Dataset> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : Dataset.<Dataset>list("id in ?1", ids).stream()
                        .collect(Collectors.toMap(dataset -> dataset.id, Function.identity()));
    }
}
