package org.zkml.prover.data;

import java.util.Locale;

/** What is done to a number before it is scaled. */
public enum Transform {
    NONE {
        @Override
        double apply(double value) {
            return value;
        }

        @Override
        boolean accepts(double value) {
            return true;
        }
    },
    /** {@code log(1 + value)}, for counts and amounts with a long tail; for values above -1. */
    LOG1P {
        @Override
        double apply(double value) {
            return StrictMath.log1p(value);
        }

        @Override
        boolean accepts(double value) {
            return value > -1;
        }
    };

    abstract double apply(double value);

    abstract boolean accepts(double value);

    /** The name in schemas. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
