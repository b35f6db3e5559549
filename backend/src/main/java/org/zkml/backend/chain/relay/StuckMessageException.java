package org.zkml.backend.chain.relay;

/** A step for one message went wrong, and is undone. The others can go on. */
final class StuckMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long messageId;

    StuckMessageException(RelayedMessage message, RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.messageId = message.id;
    }

    long messageId() {
        return messageId;
    }
}
