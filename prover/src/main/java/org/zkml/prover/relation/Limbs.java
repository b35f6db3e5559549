package org.zkml.prover.relation;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Weight;

/** The limb index l of the column aux: below 8 in TRAIN and AGGREGATE, below 4 in INFER and EVALUATE (docs/proof-system.md, sections 6 and 7a). */
final class Limbs {

    static final int COUNT = 8;
    static final int VARS = 3;

    /** Limbs where aux holds nothing but a model: three, and one of zeros. */
    static final int MODEL_COUNT = 4;

    static final int MODEL_VARS = 2;

    private Limbs() {}

    /** The weight over l with powers of two from limb {@code first} on, and 0 at the other limbs. */
    static Weight weight(int first, int... exponents) {
        return dense(COUNT, first, exponents);
    }

    /** The same over the limbs of a model. */
    static Weight ofModel(int first, int... exponents) {
        return dense(MODEL_COUNT, first, exponents);
    }

    private static Weight dense(int count, int first, int... exponents) {
        final Scalar[] weights = new Scalar[count];
        Arrays.fill(weights, Scalar.ZERO);
        for (int i = 0; i < exponents.length; i++) {
            weights[first + i] = Scalar.powerOfTwo(exponents[i]);
        }
        return Weight.dense(weights);
    }
}
