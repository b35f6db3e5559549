package org.zkml.prover.commitment;

import java.util.Objects;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;

/**
 * The structured reference string of docs/proof-system.md, section 2: {@code [tau^i]_1} for {@code i < 2^logSize}, and the
 * verifier's part.
 *
 * @param logSize K: the number of powers is 2^K
 * @param powers {@code [tau^i]_1}, flat affine, {@link G1Affine#LIMBS} limbs a point; to be read only
 * @param xi1 {@code [xi]_1}, the base of the blinders
 * @param verifierKey {@code [tau]_2} and {@code [xi]_2}
 * @param unsafe made for development by somebody who may know tau and xi: refused outside chain 31337
 */
public record Setup(int logSize, long[] powers, G1Affine xi1, VerifierKey verifierKey, boolean unsafe) {

    /** {@code [tau]_2} and {@code [xi]_2}: all that a verifier needs. */
    public record VerifierKey(G2Affine tau2, G2Affine xi2) {
        public VerifierKey {
            if (tau2.isInfinity()) {
                throw new IllegalArgumentException("[tau]_2 is infinity: commitments would not bind");
            }
            if (xi2.isInfinity()) {
                throw new IllegalArgumentException("[xi]_2 is infinity: commitments would not hide");
            }
        }
    }

    public Setup {
        if (logSize < 0 || logSize > 27 || powers.length != G1Affine.LIMBS << logSize) {
            throw new IllegalArgumentException(
                    "a setup of 2^" + logSize + " powers with " + powers.length / G1Affine.LIMBS + " points");
        }
        if (xi1.isInfinity()) {
            throw new IllegalArgumentException("[xi]_1 is infinity: commitments would not hide");
        }
        Objects.requireNonNull(verifierKey);
    }

    /** Number of powers, 2^K. */
    public int size() {
        return 1 << logSize;
    }
}
