package org.zkml.prover.relation;

import java.util.Arrays;
import org.zkml.prover.field.Scalar;

/** Points put together from parts, lowest variables first. */
final class Points {

    private Points() {}

    static Scalar[] join(Scalar[]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(Scalar[]::new);
    }

    /** The extension of the identity, {@code sum_k 2^k r_k}. */
    static Scalar index(Scalar[] r) {
        Scalar sum = Scalar.ZERO;
        for (int k = r.length - 1; k >= 0; k--) {
            sum = sum.add(sum).add(r[k]);
        }
        return sum;
    }
}
