package org.zkml.api.problem;

import java.io.IOException;

/** The request's body is longer than this resource takes. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int limitBytes;

    public BodyTooLargeException(int limitBytes) {
        super("the request's body is longer than " + limitBytes + " bytes");
        this.limitBytes = limitBytes;
    }

    public int limitBytes() {
        return limitBytes;
    }
}
