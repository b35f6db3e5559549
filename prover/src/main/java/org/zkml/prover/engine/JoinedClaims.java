package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.sumcheck.SecondSumcheck;

/** The linear claims joined by powers of lambda: one weight table a column (docs/proof-system.md, section 4.3). */
final class JoinedClaims {

    private JoinedClaims() {}

    static SecondSumcheck secondSumcheck(
            Structure structure, List<LinearClaim> claims, Scalar lambda, Witness.Blinded[] columns) {
        final SecondSumcheck sumcheck = new SecondSumcheck();
        for (int j = 0; j < columns.length; j++) {
            final int numVars = structure.columns().get(j).numVars();
            final long[] weight = new long[Fr.LIMBS << numVars];
            Scalar power = Scalar.ONE;
            for (LinearClaim claim : claims) {
                for (LinearClaim.Term term : claim.terms()) {
                    if (term.column() == j) {
                        final Scalar factor = power.mul(term.coefficient());
                        Coefficients.addScaled(weight, 0, term.weight().table(), 0, 1 << numVars, factor);
                    }
                }
                power = power.mul(lambda);
            }
            sumcheck.add(numVars, weight, columns[j].polynomial().toTable());
        }
        return sumcheck;
    }
}
