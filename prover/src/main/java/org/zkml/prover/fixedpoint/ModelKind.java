package org.zkml.prover.fixedpoint;

import java.util.Locale;

/** A generalised linear model with its canonical link: what the activation table holds. */
public enum ModelKind {
    /** Logistic regression, targets 0 and 1. */
    LOGISTIC(2) {
        @Override
        public double activation(double logit) {
            return 1 / (1 + StrictMath.exp(-logit));
        }
    },
    /** Linear regression, the activation is the identity. */
    LINEAR(4) {
        @Override
        public double activation(double logit) {
            return logit;
        }
    },
    /** Poisson regression, the activation is the exponential function, targets are counts. */
    POISSON(4) {
        @Override
        public double activation(double logit) {
            return StrictMath.exp(logit);
        }
    };

    private final int integerBits;

    ModelKind(int integerBits) {
        this.integerBits = integerBits;
    }

    /** Fractional bits of predictions and targets. */
    public int fp(int b) {
        return b - integerBits;
    }

    /** The mean of the target given the logit. */
    public abstract double activation(double logit);

    /** The name in schemas and on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
