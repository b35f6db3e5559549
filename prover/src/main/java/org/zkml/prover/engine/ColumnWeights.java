package org.zkml.prover.engine;

import java.util.Arrays;
import java.util.List;
import org.zkml.prover.field.Scalar;

/** Values of the columns' joined weights at the second sum-check's point. */
final class ColumnWeights {

    private ColumnWeights() {}

    /**
     * For every column {@code j} the factor {@code Wt_j(u_0 .. u_{n_j - 1})} of its table, and so of its commitment, in {@code F = sum_j Wt_j(u) f_j}:
     * extending a column by zeros to more variables leaves its table as it is.
     */
    static Scalar[] at(Structure structure, List<LinearClaim> claims, Scalar lambda, Scalar[] u) {
        final Scalar[] weights = new Scalar[structure.columns().size()];
        Arrays.fill(weights, Scalar.ZERO);
        Scalar power = Scalar.ONE;
        for (LinearClaim claim : claims) {
            for (LinearClaim.Term term : claim.terms()) {
                final int numVars = structure.columns().get(term.column()).numVars();
                final Scalar value = term.weight().evaluate(Arrays.copyOf(u, numVars));
                weights[term.column()] =
                        weights[term.column()].add(power.mul(term.coefficient()).mul(value));
            }
            power = power.mul(lambda);
        }
        return weights;
    }
}
