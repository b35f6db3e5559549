package org.zkml.prover.data;

/** A schema document is not one, or cannot be used. The message names the source, the JSON path and the cure. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String path;

    SchemaException(String source, String path, String problem, String cure) {
        super(source + (path.isEmpty() ? "" : ", " + path) + ": " + problem + "; " + cure);
        this.source = source;
        this.path = path;
    }

    /** Where the document came from: a file name or an address. */
    public String source() {
        return source;
    }

    /** For example {@code features[3].scale}; empty for the document as a whole. */
    public String path() {
        return path;
    }
}
