package org.zkml.api.problem;

/** A request that does not say what it should, in a form that it should not have. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** @param field member or parameter, such as {@code authorization.nonce} */
    public MalformedRequestException(String field, String message) {
        super(field + ": " + message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
