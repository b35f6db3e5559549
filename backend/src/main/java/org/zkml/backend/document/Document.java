package org.zkml.backend.document;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Optional;

/** A document, by the hash under which the chain knows it. */
@Entity
public class Document extends PanacheEntityBase {

    /** What a document is, and what its hash is of. */
    public enum Kind {
        /** keccak of the exact bytes. */
        SCHEMA,
        /** Merkle root of the entries. */
        ALLOW_LIST
    }

    @Id
    public String hash;

    @Enumerated(EnumType.STRING)
    public Kind kind;

    public byte[] content;

    @Column(name = "stored_at")
    public Instant storedAt;

    static Optional<Document> of(Kind kind, String hash) {
        return find("hash = ?1 and kind = ?2", hash, kind).firstResultOptional();
    }
}
