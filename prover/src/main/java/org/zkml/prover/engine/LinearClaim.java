package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Weight;

/** The claim {@code sum_terms coefficient <weight, column> = value} (docs/proof-system.md, section 4). */
public final class LinearClaim {

    /** coefficient times the inner product of a column's table with a weight. */
    public record Term(int column, Scalar coefficient, Weight weight) {}

    private final List<Term> terms = new ArrayList<>();
    private final Form value;

    /** @param value affine in the hidden messages */
    public LinearClaim(Form value) {
        this.value = value;
    }

    public LinearClaim plus(int column, Scalar coefficient, Weight weight) {
        terms.add(new Term(column, coefficient, weight));
        return this;
    }

    public LinearClaim plus(int column, Weight weight) {
        return plus(column, Scalar.ONE, weight);
    }

    public List<Term> terms() {
        return terms;
    }

    public Form value() {
        return value;
    }
}
