package org.zkml.backend.inference;

import java.math.BigInteger;
import org.zkml.backend.chain.InferenceContracts.SoldPass;

/** The pass does not permit the query. */
public final class PassRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        UNKNOWN("unknown"),
        OTHER_MODEL("other-model"),
        OTHER_SELLER("other-seller"),
        CLOSED("closed"),
        EXPIRED("expired"),
        DEADLINE_OVER("deadline-over"),
        USED_UP("used-up"),
        TOO_MANY_REFUSALS("too-many-refusals"),
        PROOFS_LAPSED("proofs-lapsed"),
        OTHER_PASS("other-pass");

        private final String id;

        Reason(String id) {
            this.id = id;
        }

        /** The name in the API. */
        public String id() {
            return id;
        }
    }

    private PassRejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static PassRejectedException unknown(BigInteger passId, BigInteger chainId, String market) {
        return new PassRejectedException(
                Reason.UNKNOWN,
                "there is no pass " + passId + " on chain " + chainId + " in the market at " + market
                        + ": buy one there, or, if it was bought just now, try again in some seconds");
    }

    static PassRejectedException otherModel(SoldPass pass, BigInteger modelId) {
        return new PassRejectedException(
                Reason.OTHER_MODEL,
                "pass " + pass.id() + " is for model " + pass.modelId() + ", not for " + modelId
                        + ": ask that model, or buy a pass for this one");
    }

    static PassRejectedException otherSeller(SoldPass pass, String seller) {
        return new PassRejectedException(
                Reason.OTHER_SELLER,
                "pass " + pass.id() + " was sold for the seller " + pass.seller() + ", and this instance is " + seller
                        + ": ask where the model was listed at when it was bought");
    }

    static PassRejectedException closed(SoldPass pass) {
        return new PassRejectedException(
                Reason.CLOSED, "pass " + pass.id() + " is closed, what was not used went back: buy another");
    }

    static PassRejectedException expired(SoldPass pass, long now) {
        return new PassRejectedException(
                Reason.EXPIRED,
                "the term of pass " + pass.id() + " ended at " + pass.termEnd() + ", and now is " + now
                        + ": buy another, and close this one three days after its end");
    }

    static PassRejectedException deadlineOver(BigInteger deadline, long now) {
        return new PassRejectedException(
                Reason.DEADLINE_OVER,
                "the query's deadline was " + deadline + ", and now is " + now + ": sign it with a later one");
    }

    static PassRejectedException usedUp(SoldPass pass, long count) {
        return new PassRejectedException(
                Reason.USED_UP,
                "count " + count + " is above the " + pass.queries() + " rows of pass " + pass.id()
                        + ": ask about fewer rows, or buy another");
    }

    static PassRejectedException tooManyRefusals(BigInteger passId, long refusals) {
        return new PassRejectedException(
                Reason.TOO_MANY_REFUSALS,
                refusals + " queries of pass " + passId
                        + " were refused because the model's answer to a row leaves its range, and no pass has more of them, for"
                        + " each tells something of the model: buy another, and close this one three days after its term, when"
                        + " the price of what was not used returns");
    }

    static PassRejectedException proofsLapsed(BigInteger passId) {
        return new PassRejectedException(
                Reason.PROOFS_LAPSED,
                "an answer of pass " + passId
                        + " was not proved within its term, so neither it nor what comes after is paid, answered or proved: buy"
                        + " another, and close this one three days after its term, when the price of what was not paid returns");
    }

    static PassRejectedException otherPass(SoldPass pass) {
        return new PassRejectedException(
                Reason.OTHER_PASS,
                "this instance has answered for another pass " + pass.id() + ", with another session key or in another"
                        + " market: whoever runs it must first remove what it has kept of that one (docs/operations.md)");
    }
}
