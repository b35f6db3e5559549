package org.zkml.prover.relation;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;

/** A true witness with another polynomial in one of the statement's columns. */
record ReplacedColumn(Witness honest, int column, Witness.Blinded replacement) implements Witness {

    @Override
    public List<Blinded> statementColumns() {
        final List<Blinded> all = new ArrayList<>(honest.statementColumns());
        all.set(column, replacement);
        return all;
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return honest.firstPhase();
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges challenges) {
        return honest.secondPhase(challenges);
    }

    @Override
    public Scalar[] hiddenSums(Challenges challenges) {
        return honest.hiddenSums(challenges);
    }

    @Override
    public List<SumGroup> sums(Challenges challenges) {
        return honest.sums(challenges);
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        return honest.values(bound);
    }

    @Override
    public Scalar[] clearValues(Challenges challenges) {
        return honest.clearValues(challenges);
    }
}
