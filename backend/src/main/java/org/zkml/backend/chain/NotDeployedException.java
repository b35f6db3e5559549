package org.zkml.backend.chain;

/** The server's deployment has no such contract. */
public final class NotDeployedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String contract;

    /**
     * @param contract its name
     * @param member the member of deployment.json that would name it
     */
    NotDeployedException(String contract, String member) {
        super("the deployment that this server works with has no " + contract
                + ": it is older than that contract; its file" + " deployment.json would name it as contracts."
                + member);
        this.contract = contract;
    }

    public String contract() {
        return contract;
    }
}
