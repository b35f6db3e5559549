package org.zkml.prover.relation;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;

/**
 * The public part of a training proof (docs/proof-system.md, section 3): who proved what, with which hyper-parameters, from which model to which.
 *
 * @param chainId the chain that the proof is for
 * @param registry address of the contract that stores the result, 160 bits
 * @param contributor address of the prover, 160 bits
 * @param taskId the campaign
 * @param round its round, from 0
 * @param shape sizes of the data and the run
 * @param fp fractional bits of predictions and targets, below b
 * @param c step constant, below 2^64
 * @param d decay constant, below 2^64
 * @param table commitment of the activation table
 * @param x commitment of the features
 * @param y commitment of the targets
 * @param in commitment of the model before
 * @param out commitment of the model after
 * @param key the setup's verifier part
 */
public record TrainStatement(
        BigInteger chainId,
        BigInteger registry,
        BigInteger contributor,
        BigInteger taskId,
        BigInteger round,
        Shape shape,
        int fp,
        BigInteger c,
        BigInteger d,
        G1Affine table,
        G1Affine x,
        G1Affine y,
        G1Affine in,
        G1Affine out,
        VerifierKey key) {

    /** Name whose keccak is the domain. */
    public static final String DOMAIN = "zkml/train/1";

    /**
     * Sizes of a training run: 2^lb batches of 2^li rows, 2^lk features, 2^lt steps of which {@code steps} change the weights, limbs of b bits.
     */
    public record Shape(int lb, int li, int lk, int lt, int steps, int b) {
        public Shape {
            Shapes.requireLimbBits(b);
            Shapes.requireLog("lb", lb);
            Shapes.requireLog("li", li);
            Shapes.requireLog("lk", lk);
            Shapes.requireLog("lt", lt);
            if (lb > lt) {
                throw new IllegalArgumentException("lb = " + lb + " must not exceed lt = " + lt);
            }
            Shapes.requireRange("steps", steps, 1, 1L << lt);
        }
    }

    public TrainStatement {
        Shapes.requireBits("chainId", chainId, 256);
        Shapes.requireBits("registry", registry, 160);
        Shapes.requireBits("contributor", contributor, 160);
        Shapes.requireBits("taskId", taskId, 256);
        Shapes.requireBits("round", round, 256);
        Shapes.requireRange("fp", fp, 0, shape.b - 1L);
        Shapes.requireBits("c", c, 64);
        Shapes.requireBits("d", d, 64);
    }

    /** The 33 words of section 3. */
    public byte[] encode() {
        return new StatementEncoder(DOMAIN)
                .word(chainId)
                .word(registry)
                .word(contributor)
                .word(taskId)
                .word(round)
                .word(shape.lb)
                .word(shape.li)
                .word(shape.lk)
                .word(shape.lt)
                .word(shape.steps)
                .word(shape.b)
                .word(fp)
                .word(c)
                .word(d)
                .point(table)
                .point(x)
                .point(y)
                .point(in)
                .point(out)
                .point(key.tau2())
                .point(key.xi2())
                .encode();
    }
}
