package org.zkml.prover.relation;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;

/**
 * The public part of a data set's registration proof (docs/proof-system.md, sections 3 and 7).
 *
 * @param chainId the chain that the proof is for
 * @param registry address of the contract that stores the result, 160 bits
 * @param contributor address of the prover, 160 bits
 * @param schemaHash keccak of the schema's file, as a 256-bit integer
 * @param ln log2 of the rows, those without data among them
 * @param lk log2 of the features, the intercept among them
 * @param b bits of a limb
 * @param n rows with data, 1 to 2^ln
 * @param feat features in use, 1 to 2^lk
 * @param x commitment of the features
 * @param y commitment of the targets
 * @param key the setup's verifier part
 */
public record DatasetStatement(
        BigInteger chainId,
        BigInteger registry,
        BigInteger contributor,
        BigInteger schemaHash,
        int ln,
        int lk,
        int b,
        long n,
        long feat,
        G1Affine x,
        G1Affine y,
        VerifierKey key) {

    /** Name whose keccak is the domain. */
    public static final String DOMAIN = "zkml/dataset/1";

    public DatasetStatement {
        Shapes.requireBits("chainId", chainId, 256);
        Shapes.requireBits("registry", registry, 160);
        Shapes.requireBits("contributor", contributor, 160);
        Shapes.requireBits("schemaHash", schemaHash, 256);
        Shapes.requireLimbBits(b);
        Shapes.requireLog("ln", ln);
        Shapes.requireLog("lk", lk);
        Shapes.requireRange("n", n, 1, 1L << ln);
        Shapes.requireRange("feat", feat, 1, 1L << lk);
    }

    /** The 22 words of section 3. */
    public byte[] encode() {
        return new StatementEncoder(DOMAIN)
                .word(chainId)
                .word(registry)
                .word(contributor)
                .word(schemaHash)
                .word(ln)
                .word(lk)
                .word(b)
                .word(n)
                .word(feat)
                .point(x)
                .point(y)
                .point(key.tau2())
                .point(key.xi2())
                .encode();
    }
}
