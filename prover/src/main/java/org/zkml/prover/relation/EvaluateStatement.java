package org.zkml.prover.relation;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;

/**
 * The public part of the proof of a model's score (docs/proof-system.md, sections 3 and 7a, EVALUATE): how good a committed model is on a registered data set.
 *
 * @param chainId the chain that the proof is for
 * @param registry address of the contract that stores the result, 160 bits
 * @param prover address of whoever proves it, 160 bits
 * @param taskId the campaign
 * @param round the model's round
 * @param regression whether targets are numbers: then there are no hits, and the domain is another
 * @param ln log2 of the rows, those without data among them
 * @param lk log2 of the features
 * @param b bits of a limb
 * @param fp fractional bits of predictions and targets, below b
 * @param n rows with data, 1 to 2^ln
 * @param hits rows whose class is right, 0 to n; 0 for a regression
 * @param squaredErrorSum E, the sum of the squared errors with 2 fp fractional bits, below 2^128
 * @param table commitment of the activation table
 * @param x commitment of the features
 * @param y commitment of the targets
 * @param w commitment of the model
 * @param key the setup's verifier part
 */
public record EvaluateStatement(
        BigInteger chainId,
        BigInteger registry,
        BigInteger prover,
        BigInteger taskId,
        BigInteger round,
        boolean regression,
        int ln,
        int lk,
        int b,
        int fp,
        long n,
        long hits,
        BigInteger squaredErrorSum,
        G1Affine table,
        G1Affine x,
        G1Affine y,
        G1Affine w,
        VerifierKey key) {

    /** Name whose keccak is the domain where targets are classes. */
    public static final String DOMAIN = "zkml/evaluate/1";

    /** Name whose keccak is the domain where targets are numbers. */
    public static final String REGRESSION_DOMAIN = "zkml/evaluate-regression/1";

    public EvaluateStatement {
        Shapes.requireBits("chainId", chainId, 256);
        Shapes.requireBits("registry", registry, 160);
        Shapes.requireBits("prover", prover, 160);
        Shapes.requireBits("taskId", taskId, 256);
        Shapes.requireBits("round", round, 256);
        Shapes.requireLimbBits(b);
        Shapes.requireLog("ln", ln);
        Shapes.requireLog("lk", lk);
        Shapes.requireRange("fp", fp, 0, b - 1L);
        Shapes.requireRange("n", n, 1, 1L << ln);
        Shapes.requireRange("hits", hits, 0, regression ? 0 : n);
        Shapes.requireBits("E", squaredErrorSum, 128);
    }

    /** The name whose keccak is this statement's domain. */
    public String domain() {
        return regression ? REGRESSION_DOMAIN : DOMAIN;
    }

    /** E over n, as a real number. */
    public double meanSquaredError() {
        return Math.scalb(squaredErrorSum.doubleValue() / n, -2 * fp);
    }

    /** The 29 words of section 3, or 28 without hits. */
    public byte[] encode() {
        final StatementEncoder words = new StatementEncoder(domain())
                .word(chainId)
                .word(registry)
                .word(prover)
                .word(taskId)
                .word(round)
                .word(ln)
                .word(lk)
                .word(b)
                .word(fp)
                .word(n);
        if (!regression) {
            words.word(hits);
        }
        return words.word(squaredErrorSum)
                .point(table)
                .point(x)
                .point(y)
                .point(w)
                .point(key.tau2())
                .point(key.xi2())
                .encode();
    }
}
