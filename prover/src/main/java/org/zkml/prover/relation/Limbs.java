package org.zkml.prover.relation;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Weight;

/** The limb index l of the column aux, below 8 (docs/proof-system.md, sections 6 and 7a). */
final class Limbs {

    static final int COUNT = 8;
    static final int VARS = 3;

    private Limbs() {}

    /** The weight over l with powers of two from limb {@code first} on, and 0 at the other limbs. */
    static Weight weight(int first, int... exponents) {
        final Scalar[] weights = new Scalar[COUNT];
        Arrays.fill(weights, Scalar.ZERO);
        for (int i = 0; i < exponents.length; i++) {
            weights[first + i] = Scalar.powerOfTwo(exponents[i]);
        }
        return Weight.dense(weights);
    }
}
