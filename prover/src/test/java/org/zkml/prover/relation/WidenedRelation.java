package org.zkml.prover.relation;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.ColumnSpec;
import org.zkml.prover.engine.Form;
import org.zkml.prover.engine.LinearClaim;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Structure;
import org.zkml.prover.poly.Weight;

/**
 * A relation whose column {@code column} may have as many coefficients as the largest: the verifier without that external column's bound. The linear claims
 * weigh a table by its low variables only, so they see the sum of its blocks.
 */
record WidenedRelation(Relation real, int column) implements Relation {

    @Override
    public byte[] encodeStatement() {
        return real.encodeStatement();
    }

    @Override
    public List<G1Affine> statementCommitments() {
        return real.statementCommitments();
    }

    @Override
    public VerifierKey verifierKey() {
        return real.verifierKey();
    }

    private int added() {
        return real.structure().n2() - real.structure().columns().get(column).numVars();
    }

    @Override
    public Structure structure() {
        final Structure s = real.structure();
        final List<ColumnSpec> columns = new ArrayList<>(s.columns());
        final ColumnSpec narrow = columns.get(column);
        columns.set(column, new ColumnSpec(narrow.name(), s.n2(), narrow.kind()));
        return new Structure(
                columns, s.firstChallenges(), s.points(), s.hiddenSums(), s.sums(), s.values(), s.clearValues());
    }

    @Override
    public Form sumClaim(int sum) {
        return real.sumClaim(sum);
    }

    @Override
    public Form sumAtPoint(int sum, Challenges challenges) {
        return real.sumAtPoint(sum, challenges);
    }

    @Override
    public List<Form> equations() {
        return real.equations();
    }

    @Override
    public List<LinearClaim> linearClaims(Challenges challenges) {
        return real.linearClaims(challenges).stream().map(this::widened).toList();
    }

    private LinearClaim widened(LinearClaim claim) {
        final LinearClaim wide = new LinearClaim(claim.value());
        for (LinearClaim.Term term : claim.terms()) {
            final Weight weight =
                    term.column() == column ? Weight.tensor(term.weight(), Weight.ones(added())) : term.weight();
            wide.plus(term.column(), term.coefficient(), weight);
        }
        return wide;
    }
}
