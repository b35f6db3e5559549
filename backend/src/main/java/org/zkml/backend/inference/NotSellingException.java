package org.zkml.backend.inference;

/** The instance has no seller's vault. */
public final class NotSellingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSellingException() {
        super("this instance sells nothing: ask at the endpoint of the model's listing; whoever runs it names the file"
                + " that \"zkml model export\" wrote in zkml.seller.vault");
    }
}
