package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.List;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/** Tables of the logUp argument (ePrint 2022/1530): denominators and their inverses, and the sum that says so. */
final class Lookup {

    /** Elements that share an inversion. */
    private static final int SHARED = 2048;

    private Lookup() {}

    /** constant + column, element by element. */
    static FrVector shifted(MultilinearPolynomial column, Scalar constant) {
        final FrVector table = column.toVector();
        table.addConstant(constant);
        return table;
    }

    /** The inverses of all elements, in a fresh vector. */
    static FrVector inverses(FrVector table) {
        final FrVector out = table.copy();
        final int size = out.size();
        Parallel.forRange(0, (size + SHARED - 1) / SHARED, 1, (from, to) -> {
            for (int start = SHARED * from; start < Math.min(size, SHARED * to); start += SHARED) {
                out.invert(start, Math.min(SHARED, size - start));
            }
        });
        return out;
    }

    /** Sums of the table's inverses: those of a column are among them, since what it looks up is in the table. */
    static MultilinearPolynomial selected(MultilinearPolynomial inverses, Selection.Part... parts) {
        return MultilinearPolynomial.of(new Selection(inverses.values(), parts[0].index().length, List.of(parts)));
    }

    /** The sum {@code eq(point, .) (inverses denominators - 1)}. */
    static SumGroup inverseSum(int sum, Scalar[] point, MultilinearPolynomial inverses, FrVector denominators) {
        return new SumGroup(
                inverses.numVars(),
                List.of(new Part(sum, 0, List.of(Term.plus(1, 2), Term.minus()))),
                Eq.table(point),
                inverses.toVector(),
                denominators);
    }

    /** alpha + 0, alpha + 1, .. alpha + size - 1. */
    static FrVector indexTable(int size, Scalar alpha) {
        final int[] indices = new int[size];
        Arrays.setAll(indices, i -> i);
        final FrVector table = FrVector.ofSmall(indices);
        table.addConstant(alpha);
        return table;
    }
}
