package org.zkml.prover.commitment;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no setup, or not one of ours, or damaged. */
public final class MalformedSetupException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long offset;

    MalformedSetupException(Path file, long offset, String problem, String cure) {
        super(file + ", byte " + offset + ": " + problem + ". " + cure);
        this.offset = offset;
    }

    /** Where in the file, bytes. */
    public long offset() {
        return offset;
    }
}
