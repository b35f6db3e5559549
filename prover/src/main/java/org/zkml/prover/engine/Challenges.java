package org.zkml.prover.engine;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;

/**
 * The verifier's challenges up to the end of the first sum-check, and the values the prover sent in clear; filled in as the
 * protocol goes on, null before.
 */
public final class Challenges {

    private Scalar[] first;
    private Scalar[][] points;
    private Scalar gamma;
    private Scalar[] r;
    private Scalar[] clear;

    void setFirst(Scalar[] challenges) {
        first = challenges;
    }

    void setPoints(Scalar[][] challenges) {
        points = challenges;
    }

    void setGamma(Scalar challenge) {
        gamma = challenge;
    }

    void setRounds(Scalar[] challenges) {
        r = challenges;
    }

    void setClear(Scalar[] values) {
        clear = values;
    }

    /** Challenge {@code i} of the first phase: alpha, beta. */
    public Scalar first(int i) {
        return first[i];
    }

    /** Point challenge {@code i}, in the order of {@link Structure#points}. */
    public Scalar[] point(int i) {
        return points[i];
    }

    /** The challenge that joins the sums. */
    public Scalar gamma() {
        return gamma;
    }

    /** Coordinates {@code from} to {@code to - 1} of the first sum-check's point. */
    public Scalar[] r(int from, int to) {
        return Arrays.copyOfRange(r, from, to);
    }

    /** The whole point of the first sum-check. */
    Scalar[] r() {
        return r;
    }

    /** Value {@code i} sent in clear. */
    public Scalar clear(int i) {
        return clear[i];
    }

    Scalar[] clear() {
        return clear;
    }
}
