package org.zkml.backend.document;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A document, by the hash under which the chain knows it. One hash can be that of two: a schema's bytes may be the last two nodes of an allow-list. */
@Entity
@Table(name = "named_document")
@IdClass(Document.Key.class)
public class Document extends PanacheEntityBase {

    /** What a document is, and what its hash is of. */
    public enum Kind {
        /** keccak of the exact bytes. */
        SCHEMA,
        /** Merkle root of the entries. */
        ALLOW_LIST
    }

    public static class Key implements Serializable {
        private static final long serialVersionUID = 1L;

        public String hash;
        public Kind kind;

        public Key() {}

        Key(String hash, Kind kind) {
            this.hash = hash;
            this.kind = kind;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.hash.equals(hash) && key.kind == kind;
        }

        @Override
        public int hashCode() {
            return Objects.hash(hash, kind);
        }
    }

    @Id
    public String hash;

    @Id
    @Enumerated(EnumType.STRING)
    public Kind kind;

    public byte[] content;

    @Column(name = "stored_at")
    public Instant storedAt;

    static Optional<Document> of(Kind kind, String hash) {
        return findByIdOptional(new Key(hash, kind));
    }
}
