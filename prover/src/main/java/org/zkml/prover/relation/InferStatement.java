package org.zkml.prover.relation;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;

/**
 * The public part of the proof of answers (docs/proof-system.md, sections 3 and 7a, INFER): which committed model gave which committed answers to which committed queries.
 *
 * @param chainId the chain that the proof is for
 * @param registry address of the contract that the model is listed with, 160 bits
 * @param server address of whoever answers, 160 bits
 * @param listingId the listing of the model
 * @param queryId the query that is answered
 * @param lq log2 of the rows asked about, those that only fill up among them
 * @param lk log2 of the features
 * @param b bits of a limb
 * @param fp fractional bits of predictions, below b
 * @param table commitment of the activation table
 * @param x commitment of the rows
 * @param w commitment of the model
 * @param p commitment of the predictions
 * @param key the setup's verifier part
 */
public record InferStatement(
        BigInteger chainId,
        BigInteger registry,
        BigInteger server,
        BigInteger listingId,
        BigInteger queryId,
        int lq,
        int lk,
        int b,
        int fp,
        G1Affine table,
        G1Affine x,
        G1Affine w,
        G1Affine p,
        VerifierKey key) {

    /** Name whose keccak is the domain. */
    public static final String DOMAIN = "zkml/infer/1";

    public InferStatement {
        Shapes.requireBits("chainId", chainId, 256);
        Shapes.requireBits("registry", registry, 160);
        Shapes.requireBits("server", server, 160);
        Shapes.requireBits("listingId", listingId, 256);
        Shapes.requireBits("queryId", queryId, 256);
        Shapes.requireLimbBits(b);
        Shapes.requireLog("lq", lq);
        Shapes.requireLog("lk", lk);
        Shapes.requireRange("fp", fp, 0, b - 1L);
    }

    /** The 26 words of section 3. */
    public byte[] encode() {
        return new StatementEncoder(DOMAIN)
                .word(chainId)
                .word(registry)
                .word(server)
                .word(listingId)
                .word(queryId)
                .word(lq)
                .word(lk)
                .word(b)
                .word(fp)
                .point(table)
                .point(x)
                .point(w)
                .point(p)
                .point(key.tau2())
                .point(key.xi2())
                .encode();
    }
}
