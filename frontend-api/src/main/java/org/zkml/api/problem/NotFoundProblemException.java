package org.zkml.api.problem;

/** There is nothing of this name. */
public final class NotFoundProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFoundProblemException(String what) {
        super(what);
    }
}
