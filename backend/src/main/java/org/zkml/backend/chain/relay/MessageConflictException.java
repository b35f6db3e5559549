package org.zkml.backend.chain.relay;

/** Another message about the same resource is under way or done. */
public final class MessageConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String resource;

    public MessageConflictException(String resource) {
        super("another message about " + resource + " is under way, or has been carried out");
        this.resource = resource;
    }

    public String resource() {
        return resource;
    }
}
