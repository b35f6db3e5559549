package org.zkml.backend.document;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.AllowList;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.document.Document.Kind;
import org.zkml.prover.hash.Keccak256;

/** Stores documents that campaigns name, under the hash that they are named by. */
@ApplicationScoped
public class DocumentService {

    private static final Logger LOG = Logger.getLogger(DocumentService.class);

    private final EntityManager entities;
    private final Clock clock = Clock.systemUTC();

    DocumentService(EntityManager entities) {
        this.entities = entities;
    }

    /** @param created whether it was not there before */
    public record Stored(String hash, boolean created) {}

    /** @throws UnnamedDocumentException if no campaign names the bytes' keccak as its schema */
    public Stored storeSchema(byte[] content) {
        return store(Kind.SCHEMA, Hex.of(Keccak256.hash(content)), "schemaHash", content);
    }

    /**
     * @param content the list as JSON, as it is served
     * @throws UnnamedDocumentException if no campaign names the list's root
     */
    public Stored storeAllowList(AllowList list, byte[] content) {
        return store(Kind.ALLOW_LIST, Hex.of(list.root()), "allowList", content);
    }

    public Optional<byte[]> get(Kind kind, String hash) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Document.of(kind, hash).map(document -> document.content));
    }

    private Stored store(Kind kind, String hash, String namedBy, byte[] content) {
        if (!isNamed(namedBy, hash)) {
            throw new UnnamedDocumentException(hash);
        }
        final boolean created = QuarkusTransaction.requiringNew()
                .call(() -> entities.createNativeQuery("insert into named_document (hash, kind, content, stored_at)"
                                        + " values (:hash, :kind, :content, :now) on conflict do nothing")
                                .setParameter("hash", hash)
                                .setParameter("kind", kind.name())
                                .setParameter("content", content)
                                .setParameter("now", clock.instant())
                                .executeUpdate()
                        == 1);
        if (created) {
            LOG.infof("document stored: kind=%s hash=%s bytes=%d", kind, hash, content.length);
        }
        return new Stored(hash, created);
    }

    private static boolean isNamed(String namedBy, String hash) {
        return QuarkusTransaction.requiringNew().call(() -> Campaign.count(namedBy, hash) > 0);
    }
}
