package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.pairing.Pairing;
import org.zkml.prover.pairing.PairingValue;
import org.zkml.prover.pairing.PreparedG2;

/** A setup's verifier part, prepared once for any number of verifications; safe for use by several threads. */
public final class PreparedKey {

    private final VerifierKey key;
    private final List<PreparedG2> points;

    public PreparedKey(VerifierKey key) {
        this.key = key;
        this.points = List.of(PreparedG2.GENERATOR, PreparedG2.of(key.tau2()), PreparedG2.of(key.xi2()));
    }

    public VerifierKey key() {
        return key;
    }

    /** {@code e(withOne, [1]_2) e(withTau, [tau]_2) e(withXi, [xi]_2)}. */
    PairingValue pair(G1Affine withOne, G1Affine withTau, G1Affine withXi) {
        return Pairing.product(List.of(withOne, withTau, withXi), points);
    }
}
