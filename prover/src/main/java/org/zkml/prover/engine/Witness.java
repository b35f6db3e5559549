package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;

/** What the prover of a relation knows. Lists of columns are in the order of {@link Structure#columns}, kind by kind. */
public interface Witness {

    /** External and fixed columns, with the blinders of their commitments (0 for fixed ones). */
    List<Blinded> statementColumns();

    /** A polynomial and its commitment's blinder. */
    record Blinded(MultilinearPolynomial polynomial, Scalar blinder) {

        @Override
        public String toString() {
            return "blinded column";
        }
    }

    /** Columns of the first phase. */
    List<MultilinearPolynomial> firstPhase();

    /** Columns of the second phase. */
    List<MultilinearPolynomial> secondPhase(Challenges challenges);

    /** The hidden sums. */
    Scalar[] hiddenSums(Challenges challenges);

    /** The summands' tables, each sum in one group; called once, after {@link #hiddenSums}. */
    List<SumGroup> sums(Challenges challenges);

    /** The values at the first sum-check's point, from the groups as it left them: one value a factor. */
    Scalar[] values(List<SumGroup> bound);

    /** The values in clear. */
    Scalar[] clearValues(Challenges challenges);
}
