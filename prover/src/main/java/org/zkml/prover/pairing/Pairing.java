package org.zkml.prover.pairing;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;

/** The optimal ate pairing of BN254, as far as a verifier needs it: what EIP-197's precompiled contract computes. */
public final class Pairing {

    private Pairing() {}

    /** Whether the product of e(p[i], q[i]) is 1, for points that are paired once. See {@link #product}. */
    public static boolean productIsOne(List<G1Affine> p, List<G2Affine> q) {
        return product(p, q.stream().map(PreparedG2::of).toList()).isOne();
    }

    /**
     * The product of e(p[i], q[i]). A pair with infinity on either side contributes 1; the empty product is 1. About 90 lines a pair, shared squarings, and one final exponentiation.
     *
     * @throws IllegalArgumentException if the lists differ in length
     */
    public static PairingValue product(List<G1Affine> p, List<PreparedG2> q) {
        if (p.size() != q.size()) {
            throw new IllegalArgumentException(p.size() + " points of G1 and " + q.size() + " points of G2");
        }
        final List<G1Affine> ps = new ArrayList<>(p.size());
        final List<PreparedG2> qs = new ArrayList<>(q.size());
        for (int i = 0; i < p.size(); i++) {
            if (!p.get(i).isInfinity() && !q.get(i).point().isInfinity()) {
                ps.add(p.get(i));
                qs.add(q.get(i));
            }
        }
        return new PairingValue(FinalExponentiation.of(MillerLoop.product(ps, qs)));
    }
}
