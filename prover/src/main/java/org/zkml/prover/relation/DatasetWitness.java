package org.zkml.prover.relation;

import java.util.List;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.field.Selection;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/** The secret side of {@link DatasetRelation}. */
public final class DatasetWitness implements Witness {

    private final DatasetStatement statement;
    private final Blinded x;
    private final Blinded y;
    private final MultilinearPolynomial mult;
    private FrVector d1;
    private FrVector d2;
    private FrVector entries;
    private MultilinearPolynomial hx;
    private MultilinearPolynomial hy;
    private MultilinearPolynomial ht;

    /**
     * @param x features, row-major: feature k of a row at {@code k + 2^lk row}, with the blinder of its commitment
     * @param y targets, with the blinder
     * @throws IllegalArgumentException if an entry is not in signed b bits
     */
    public DatasetWitness(DatasetStatement statement, Blinded x, Blinded y) {
        this.statement = statement;
        this.x = x;
        this.y = y;
        final int[] counts = new int[1 << statement.b()];
        count("X", x.polynomial(), counts);
        count("Y", y.polynomial(), counts);
        this.mult = MultilinearPolynomial.ofSmall(counts);
    }

    private static void count(String name, MultilinearPolynomial column, int[] counts) {
        final int offset = counts.length / 2;
        final int[] values = column.smallValues();
        for (int i = 0; i < values.length; i++) {
            final int entry = values[i] + offset;
            if (entry < 0 || entry >= counts.length) {
                throw new IllegalArgumentException(name + "[" + i + "] is not in [" + -offset + ", " + offset + ")");
            }
            counts[entry]++;
        }
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(x, y);
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(mult);
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        final Scalar offset = alpha.add(Scalar.powerOfTwo(statement.b() - 1));
        d1 = Lookup.shifted(x.polynomial(), offset);
        d2 = Lookup.shifted(y.polynomial(), offset);
        entries = Lookup.indexTable(1 << statement.b(), alpha);
        ht = MultilinearPolynomial.of(Lookup.inverses(entries));
        final int zero = 1 << statement.b() - 1;
        hx = Lookup.selected(ht, Selection.Part.of(x.polynomial().smallValues(), zero));
        hy = Lookup.selected(ht, Selection.Part.of(y.polynomial().smallValues(), zero));
        return List.of(hx, hy, ht);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        return new Scalar[] {FrVector.innerProduct(mult.values(), ht.values())};
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return List.of(
                Lookup.inverseSum(0, Points.join(c.point(1), c.point(0)), hx, d1),
                Lookup.inverseSum(1, c.point(0), hy, d2),
                new SumGroup(
                        statement.b(),
                        List.of(
                                new Part(2, 0, List.of(Term.plus(1, 2), Term.minus())),
                                new Part(3, -1, List.of(Term.plus(1, 3)))),
                        Eq.table(c.point(2)),
                        ht.toVector(),
                        entries,
                        mult.toVector()));
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        return new Scalar[] {
            bound.get(0).factor(1).get(0),
            bound.get(0).factor(2).get(0),
            bound.get(1).factor(1).get(0),
            bound.get(1).factor(2).get(0),
            bound.get(2).factor(3).get(0),
            bound.get(2).factor(1).get(0)
        };
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[0];
    }
}
