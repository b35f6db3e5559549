package org.zkml.backend.chain;

/** The account has not signed the message. */
public final class SignatureRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final byte[] digest;

    public SignatureRejectedException(String signer, byte[] digest, String reason) {
        super(signer + " has not signed this message: " + reason);
        this.digest = digest.clone();
    }

    /** What should have been signed. */
    public byte[] digest() {
        return digest.clone();
    }
}
