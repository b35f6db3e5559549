package org.zkml.prover.commitment;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;

/**
 * A proof that somebody knows the s with {@code image = s base} (Schnorr, CRYPTO 1989, made non-interactive by a challenge that binds the whole statement).
 *
 * @param nonce k base, for a uniform secret k
 * @param response k + c s
 */
public record KnowledgeProof(G1Affine nonce, Scalar response) {

    /** Bytes of an encoded proof. */
    static final int BYTES = G1Affine.BYTES + Fr.BYTES;

    static KnowledgeProof of(G1Affine nonce, long[] nonceSecret, long[] secret, Scalar challenge) {
        final long[] response = new long[Fr.LIMBS];
        Fr.mul(response, 0, challenge.limbs(), 0, secret, 0);
        Fr.add(response, 0, response, 0, nonceSecret, 0);
        return new KnowledgeProof(nonce, Scalar.get(response, 0));
    }

    /** Whether {@code response base = nonce + challenge image}. */
    boolean holds(G1Affine base, G1Affine image, Scalar challenge) {
        return base.mul(response).equals(nonce.add(image.mul(challenge)));
    }
}
