package org.zkml.prover.relation;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Form;
import org.zkml.prover.engine.LinearClaim;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Structure;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.Constraint.Kind;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/** A relation without one of its constraints, which says nothing in it: the messages stay the same. */
record WeakenedRelation(Relation real, Constraint dropped) implements Relation {

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

    @Override
    public Structure structure() {
        return real.structure();
    }

    @Override
    public Form sumClaim(int sum) {
        return dropped.is(Kind.SUM, sum) ? new Form() : real.sumClaim(sum);
    }

    @Override
    public Form sumAtPoint(int sum, Challenges challenges) {
        return dropped.is(Kind.SUM, sum) ? new Form() : real.sumAtPoint(sum, challenges);
    }

    @Override
    public List<Form> equations() {
        final List<Form> all = new ArrayList<>(real.equations());
        if (dropped.kind() == Kind.EQUATION) {
            all.set(dropped.index(), new Form());
        }
        return all;
    }

    @Override
    public List<LinearClaim> linearClaims(Challenges challenges) {
        final List<LinearClaim> all = new ArrayList<>(real.linearClaims(challenges));
        if (dropped.kind() == Kind.CLAIM) {
            all.set(dropped.index(), new LinearClaim(new Form()));
        }
        return all;
    }

    /** The witness for this relation: the same, but for the dropped sum. */
    Witness weaken(Witness witness) {
        return new WeakenedWitness(witness, dropped);
    }

    private record WeakenedWitness(Witness real, Constraint dropped) implements Witness {

        @Override
        public List<Blinded> statementColumns() {
            return real.statementColumns();
        }

        @Override
        public List<MultilinearPolynomial> firstPhase() {
            return real.firstPhase();
        }

        @Override
        public List<MultilinearPolynomial> secondPhase(Challenges challenges) {
            return real.secondPhase(challenges);
        }

        @Override
        public Scalar[] hiddenSums(Challenges challenges) {
            return real.hiddenSums(challenges);
        }

        @Override
        public List<SumGroup> sums(Challenges challenges) {
            return real.sums(challenges).stream().map(this::without).toList();
        }

        private SumGroup without(SumGroup group) {
            final List<Part> parts = group.parts().stream()
                    .map(part -> dropped.is(Kind.SUM, part.sum()) ? nothing(part.sum()) : part)
                    .toList();
            final FrVector[] factors = new FrVector[group.factorCount()];
            for (int i = 0; i < factors.length; i++) {
                factors[i] = group.factor(i);
            }
            return new SumGroup(group.numVars(), parts, factors);
        }

        private static Part nothing(int sum) {
            return new Part(sum, -1, List.of(Term.plus(0), Term.minus(0)));
        }

        @Override
        public Scalar[] values(List<SumGroup> bound) {
            return real.values(bound);
        }

        @Override
        public Scalar[] clearValues(Challenges challenges) {
            return real.clearValues(challenges);
        }
    }
}
