package org.zkml.backend.document;

import java.time.Duration;

/** No campaign that was read from the chain names the document: the server does not store what nobody has paid to name. */
public final class UnnamedDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** So soon a campaign that was just opened may have been read. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String hash;

    UnnamedDocumentException(String hash) {
        super("no campaign names a document with the hash " + hash
                + ": open the campaign first; if it was opened just now, try again in some seconds");
        this.hash = hash;
    }

    public String hash() {
        return hash;
    }
}
