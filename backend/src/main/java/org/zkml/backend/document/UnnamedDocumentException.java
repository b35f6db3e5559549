package org.zkml.backend.document;

/** No campaign on chain names the document: the server does not store what nobody has paid to name. */
public final class UnnamedDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hash;

    UnnamedDocumentException(String hash) {
        super("no campaign on chain names a document with the hash " + hash + ": open the campaign first");
        this.hash = hash;
    }

    public String hash() {
        return hash;
    }
}
