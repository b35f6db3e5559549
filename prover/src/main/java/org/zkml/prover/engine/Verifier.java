package org.zkml.prover.engine;

import java.util.function.Supplier;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.engine.Reduction.Equation;
import org.zkml.prover.engine.Reduction.Refused;
import org.zkml.prover.pairing.PairingValue;

/**
 * The verifier of docs/proof-system.md, section 4, for any relation: a pure function of statement, key and proof. About 45 scalar
 * multiplications and three pairings.
 */
public final class Verifier {

    private Verifier() {}

    /**
     * Verifies one proof.
     *
     * @param key the setup that the caller trusts; the statement must name the same
     * @throws MalformedProofException if the bytes are no proof of the statement's shape
     * @throws IllegalArgumentException if the statement's shape is beyond pad or soundness bound
     */
    public static Verification verify(Relation relation, PreparedKey key, byte[] proof) throws MalformedProofException {
        return verify(relation, key.key(), () -> key, proof);
    }

    /** The same for a key that is used once: preparing it takes a tenth of the verification. */
    public static Verification verify(Relation relation, VerifierKey key, byte[] proof) throws MalformedProofException {
        return verify(relation, key, () -> new PreparedKey(key), proof);
    }

    private static Verification verify(Relation relation, VerifierKey key, Supplier<PreparedKey> prepared, byte[] proof)
            throws MalformedProofException {
        return switch (Reduction.of(relation, key, proof)) {
            case Refused refused -> refused.verdict();
            case Equation equation ->
                verdict(prepared.get().pair(equation.withOne(), equation.withTau(), equation.withXi()));
        };
    }

    /** The verdict on a proof whose equation has this product. */
    static Verification verdict(PairingValue product) {
        return product.isOne()
                ? new Verification.Accepted()
                : new Verification.Rejected(Verification.Stage.OPENING, "a pairing product of 1");
    }
}
