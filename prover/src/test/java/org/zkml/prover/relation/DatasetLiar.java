package org.zkml.prover.relation;

import java.util.List;
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
 * A witness of {@link DatasetRelation} that need not be true: what is committed and what the sums are run on are tables of their own. All that a
 * lie does not touch is computed as by the honest prover, from what the lie left behind.
 */
class DatasetLiar implements Witness {

    private final DatasetStatement statement;
    private final Blinded x;
    private final Blinded y;
    private final DatasetLie lie;

    /** Committed columns. */
    final FrVector mult;

    FrVector hx;
    FrVector hy;
    FrVector ht;

    /** What the sums are run on; d1 and d2 before the lookup's alpha is known: the entries, shifted to be not negative. */
    FrVector entriesX;

    FrVector entriesY;
    FrVector d1;
    FrVector d2;
    FrVector sumHx;
    FrVector sumHy;
    FrVector sumHt;
    FrVector sumMult;

    Scalar vS;
    private FrVector table;

    DatasetLiar(DatasetInstance instance, DatasetLie lie) {
        this.statement = instance.statement();
        this.x = instance.x();
        this.y = instance.y();
        this.lie = lie;
        final Scalar offset = Scalar.powerOfTwo(statement.b() - 1);
        entriesX = Lookup.shifted(x.polynomial(), offset);
        entriesY = Lookup.shifted(y.polynomial(), offset);
        lie.onEntries(this);
        final int[] counts = new int[1 << statement.b()];
        Tables.count(entriesX, counts, 0);
        Tables.count(entriesY, counts, 0);
        mult = MultilinearPolynomial.ofSmall(counts).toVector();
        sumMult = mult.copy();
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(x, y);
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(MultilinearPolynomial.of(mult));
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        d1 = entriesX.copy();
        d1.addConstant(alpha);
        d2 = entriesY.copy();
        d2.addConstant(alpha);
        table = Lookup.indexTable(1 << statement.b(), alpha);
        hx = Lookup.inverses(d1);
        hy = Lookup.inverses(d2);
        ht = Lookup.inverses(table);
        sumHx = hx.copy();
        sumHy = hy.copy();
        sumHt = ht.copy();
        lie.onInverses(this);
        return List.of(MultilinearPolynomial.of(hx), MultilinearPolynomial.of(hy), MultilinearPolynomial.of(ht));
    }

    /** sum hx + sum hy - sum mult ht: 0 if the lookup is true. */
    Scalar lookupError() {
        return Tables.sum(hx).add(Tables.sum(hy)).sub(FrVector.innerProduct(sumMult, sumHt));
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
                        statement.lk() + statement.ln(),
                        List.of(new Part(0, 0, List.of(Term.plus(1, 2), Term.minus()))),
                        Eq.table(Points.join(c.point(1), c.point(0))),
                        sumHx.copy(),
                        d1.copy()),
                new SumGroup(
                        statement.ln(),
                        List.of(new Part(1, 0, List.of(Term.plus(1, 2), Term.minus()))),
                        Eq.table(c.point(0)),
                        sumHy.copy(),
                        d2.copy()),
                new SumGroup(
                        statement.b(),
                        List.of(
                                new Part(2, 0, List.of(Term.plus(1, 2), Term.minus())),
                                new Part(3, -1, List.of(Term.plus(1, 3)))),
                        Eq.table(c.point(2)),
                        sumHt.copy(),
                        table.copy(),
                        sumMult.copy()));
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        return new Scalar[] {
            Tables.bound(bound, 0, 1),
            Tables.bound(bound, 0, 2),
            Tables.bound(bound, 1, 1),
            Tables.bound(bound, 1, 2),
            Tables.bound(bound, 2, 3),
            Tables.bound(bound, 2, 1)
        };
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[0];
    }

    /** An entry of the table that is looked up, and so has a multiplicity. */
    int usedEntry() {
        for (int i = 0; i < mult.size(); i++) {
            if (!mult.get(i).isZero()) {
                return i;
            }
        }
        throw new IllegalStateException("nothing is looked up");
    }
}
