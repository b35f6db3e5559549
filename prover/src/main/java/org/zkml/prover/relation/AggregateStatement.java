package org.zkml.prover.relation;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;

/**
 * The public part of the proof that closes a round (docs/proof-system.md, sections 3 and 7a, AGGREGATE): whose campaign's models were averaged into which.
 *
 * @param chainId the chain that the proof is for
 * @param registry address of the contract that stores the result, 160 bits
 * @param owner address of the campaign's owner, 160 bits
 * @param taskId the campaign
 * @param round its round, from 0
 * @param lk log2 of the features
 * @param b bits of a limb
 * @param weightTotal N, the sum of the models' weights, 1 to 2^{2b}
 * @param sum weighted sum of the models' commitments
 * @param next commitment of the next model
 * @param key the setup's verifier part
 */
public record AggregateStatement(
        BigInteger chainId,
        BigInteger registry,
        BigInteger owner,
        BigInteger taskId,
        BigInteger round,
        int lk,
        int b,
        long weightTotal,
        G1Affine sum,
        G1Affine next,
        VerifierKey key) {

    /** Name whose keccak is the domain. */
    public static final String DOMAIN = "zkml/aggregate/1";

    public AggregateStatement {
        Shapes.requireBits("chainId", chainId, 256);
        Shapes.requireBits("registry", registry, 160);
        Shapes.requireBits("owner", owner, 160);
        Shapes.requireBits("taskId", taskId, 256);
        Shapes.requireBits("round", round, 256);
        Shapes.requireLimbBits(b);
        Shapes.requireLog("lk", lk);
        Shapes.requireRange("N", weightTotal, 1, 1L << (2 * b));
    }

    /** The 21 words of section 3. */
    public byte[] encode() {
        return new StatementEncoder(DOMAIN)
                .word(chainId)
                .word(registry)
                .word(owner)
                .word(taskId)
                .word(round)
                .word(lk)
                .word(b)
                .word(weightTotal)
                .point(sum)
                .point(next)
                .point(key.tau2())
                .point(key.xi2())
                .encode();
    }
}
