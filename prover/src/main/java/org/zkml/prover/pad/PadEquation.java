package org.zkml.prover.pad;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;

/**
 * The verifier's equations as one affine function of the pads (docs/proof-system.md, sections 4.1 and 4.4):
 * {@code constant + <a, weightA> + <b, weightB> + <c, weightC> + theta V = 0}. A true message is the sent one less its pad.
 */
public final class PadEquation {

    private final Scalar[] sent;
    private final Scalar[] weights = new Scalar[Pad.SLOTS];
    private final Scalar[] productWeights = new Scalar[Pad.ORDER];
    private Scalar constant = Scalar.ZERO;
    private Scalar theta = Scalar.ZERO;

    /** @param sent the padded messages by slot */
    public PadEquation(Scalar[] sent) {
        this.sent = sent;
        Arrays.fill(weights, Scalar.ZERO);
        Arrays.fill(productWeights, Scalar.ZERO);
    }

    /** Adds a public value. */
    public void addConstant(Scalar value) {
        constant = constant.add(value);
    }

    /** Adds coefficient times the true message of the slot. */
    public void addMessage(int slot, Scalar coefficient) {
        constant = constant.add(coefficient.mul(sent[slot]));
        weights[slot] = weights[slot].sub(coefficient);
    }

    /** Adds coefficient times the product of a pair's true messages: {@code v w = v^ w^ - v^ b - w^ a + c}. */
    public void addProduct(int pair, Scalar coefficient) {
        final Scalar v = sent[2 * pair];
        final Scalar w = sent[2 * pair + 1];
        constant = constant.add(coefficient.mul(v).mul(w));
        weights[2 * pair] = weights[2 * pair].sub(coefficient.mul(w));
        weights[2 * pair + 1] = weights[2 * pair + 1].sub(coefficient.mul(v));
        productWeights[pair] = productWeights[pair].add(coefficient);
    }

    /** Sets the coefficient of V. */
    public void setTheta(Scalar value) {
        theta = value;
    }

    /** K0. */
    public Scalar constant() {
        return constant;
    }

    public Scalar theta() {
        return theta;
    }

    /** wa_0 .. wa_{m-1}. */
    public Scalar[] weightsA() {
        return everySecond(0);
    }

    /** wb_0 .. wb_{m-1}. */
    public Scalar[] weightsB() {
        return everySecond(1);
    }

    /** wc_0 .. wc_{m-1}. */
    public Scalar[] weightsC() {
        return productWeights.clone();
    }

    private Scalar[] everySecond(int side) {
        final Scalar[] out = new Scalar[Pad.ORDER];
        Arrays.setAll(out, j -> weights[2 * j + side]);
        return out;
    }
}
