package org.zkml.prover.relation;

import java.util.List;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/**
 * A witness of {@link AggregateRelation} that need not be true: what is committed and what the sums are run on are tables of their own. All that a lie
 * does not touch is computed as by the honest prover, from what the lie left behind.
 */
final class AggregateLiar implements Witness {

    private final AggregateLie lie;
    private final AggregateInstance instance;

    /** Committed columns. */
    private final FrVector aux;

    final FrVector mult;

    FrVector haux;
    FrVector ht;

    /** What the sums are run on; the limbs before the lookup's alpha is known. */
    FrVector limbs;

    FrVector sumHaux;
    FrVector sumHt;
    FrVector sumMult;

    Scalar vS;
    private FrVector d;
    private FrVector table;

    AggregateLiar(AggregateLie lie, KnownSetup setup) {
        this.lie = lie;
        final LyingAverage average = lie.average();
        instance = average.instance(lie.ordinal(), setup);
        aux = Tables.of(average.aux);
        limbs = aux.copy();
        lie.onEntries(this);
        final int[] counts = new int[1 << LyingAverage.SHAPE.b()];
        Tables.count(limbs, counts, 0);
        mult = MultilinearPolynomial.ofSmall(counts).toVector();
        sumMult = mult.copy();
    }

    AggregateRelation relation() {
        return instance.relation();
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(instance.sum(), instance.next());
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(MultilinearPolynomial.of(aux), MultilinearPolynomial.of(mult));
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        d = limbs.copy();
        d.addConstant(alpha);
        table = Lookup.indexTable(1 << LyingAverage.SHAPE.b(), alpha);
        haux = Lookup.inverses(d);
        ht = Lookup.inverses(table);
        sumHaux = haux.copy();
        sumHt = ht.copy();
        lie.onInverses(this);
        return List.of(MultilinearPolynomial.of(haux), MultilinearPolynomial.of(ht));
    }

    /** sum haux - sum mult ht: 0 if the lookup is true. */
    Scalar lookupError() {
        return Tables.sum(haux).sub(FrVector.innerProduct(sumMult, sumHt));
    }

    /** The table's denominators alpha + y. */
    Scalar denominator(int index) {
        return table.get(index);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        lie.onSums(this, c);
        vS = FrVector.innerProduct(sumMult, sumHt);
        lie.onHiddenSum(this);
        return new Scalar[] {vS};
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return List.of(
                new SumGroup(
                        LyingAverage.SHAPE.lk() + Limbs.VARS,
                        List.of(new Part(0, 0, List.of(Term.plus(1, 2), Term.minus()))),
                        Eq.table(c.point(1)),
                        sumHaux.copy(),
                        d.copy()),
                new SumGroup(
                        LyingAverage.SHAPE.b(),
                        List.of(
                                new Part(1, 0, List.of(Term.plus(1, 2), Term.minus())),
                                new Part(2, -1, List.of(Term.plus(1, 3)))),
                        Eq.table(c.point(2)),
                        sumHt.copy(),
                        table.copy(),
                        sumMult.copy()));
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        return new Scalar[] {
            Tables.bound(bound, 0, 1), Tables.bound(bound, 0, 2), Tables.bound(bound, 1, 3), Tables.bound(bound, 1, 1)
        };
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[0];
    }
}
