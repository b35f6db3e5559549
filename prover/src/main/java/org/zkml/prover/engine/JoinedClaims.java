package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.field.FrVector;
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
            final FrVector weight = FrVector.zeros(1 << numVars);
            Scalar power = Scalar.ONE;
            for (LinearClaim claim : claims) {
                for (LinearClaim.Term term : claim.terms()) {
                    if (term.column() == j) {
                        final Scalar factor = power.mul(term.coefficient());
                        weight.addScaled(term.weight().table(), factor);
                    }
                }
                power = power.mul(lambda);
            }
            sumcheck.add(numVars, weight, columns[j].polynomial().toVector());
        }
        return sumcheck;
    }
}
