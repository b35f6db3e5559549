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

/** The secret side of {@link InferRelation}: the model, the rows asked about and the predictions. */
public final class InferWitness implements Witness {

    private final InferStatement statement;
    private final Blinded x;
    private final Blinded w;
    private final Blinded p;
    private final ModelColumns columns;
    private final ActivationLookup lookup;
    private FrVector d1;
    private FrVector d2;
    private FrVector dx;
    private FrVector d3;
    private MultilinearPolynomial h;
    private MultilinearPolynomial hx;
    private MultilinearPolynomial haux;
    private List<SumGroup> groups;

    /**
     * @param x the rows: feature k of row q at {@code k + 2^lk q}, in signed b bits
     * @param w the model's master weights
     * @param p the predictions
     * @param activation the 2^b values of the activation table
     * @throws IllegalArgumentException naming what has another size than the statement's, is out of range, or is no prediction of this model
     * @throws org.zkml.prover.training.OutOfRangeException if a logit leaves the range in which it can be proved
     */
    public InferWitness(InferStatement statement, Blinded x, Blinded w, Blinded p, int... activation) {
        this.statement = statement;
        this.x = x;
        this.w = w;
        this.p = p;
        lookup = new ActivationLookup(statement.b(), activation, false);
        columns = new ModelColumns(statement.b(), statement.lq(), statement.lk(), x, w, activation);
        requirePredictions(p.polynomial(), columns.trace().p());
        lookup.count("rem", columns.rem(), 0, ActivationLookup.RANGE);
        lookup.count("aux", columns.aux(), 0, ActivationLookup.RANGE);
        lookup.count("X", x.polynomial(), offset(), ActivationLookup.RANGE);
        lookup.count("zi", columns.zi(), 0, ActivationLookup.ACTIVATION);
    }

    private static void requirePredictions(MultilinearPolynomial p, int... predictions) {
        ModelColumns.requireVariables("P", p, Integer.numberOfTrailingZeros(predictions.length));
        final int[] values = p.smallValues();
        for (int q = 0; q < predictions.length; q++) {
            if (values[q] != predictions[q]) {
                throw new IllegalArgumentException("P[" + q + "] is " + values[q] + ", the model says " + predictions[q]
                        + ": commit to the model's predictions");
            }
        }
    }

    /** What makes features indices of the table. */
    private int offset() {
        return 1 << (statement.b() - 1);
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(x, w, p, lookup.out());
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(columns.zi(), columns.rem(), columns.aux(), lookup.mult());
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        final Scalar beta = c.first(1);
        d1 = Lookup.shifted(columns.rem(), alpha);
        d2 = Lookup.shifted(columns.zi(), alpha.add(beta.square()));
        p.polynomial().addTo(d2, beta);
        dx = Lookup.shifted(x.polynomial(), alpha.add(Scalar.of(offset())));
        d3 = Lookup.shifted(columns.aux(), alpha);
        final MultilinearPolynomial ht = lookup.invert(alpha, beta);
        h = lookup.selected(
                lookup.part(columns.rem(), 0, ActivationLookup.RANGE),
                lookup.part(columns.zi(), 0, ActivationLookup.ACTIVATION));
        hx = lookup.selected(lookup.part(x.polynomial(), offset(), ActivationLookup.RANGE));
        haux = lookup.selected(lookup.part(columns.aux(), 0, ActivationLookup.RANGE));
        return List.of(h, hx, haux, ht);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        final SumGroup logits = columns.logits(c.point(0));
        final SumGroup table = lookup.sums(4, c.point(3));
        groups = List.of(
                logits,
                new SumGroup(
                        statement.lq(),
                        List.of(new Part(1, 0, List.of(Term.plus(1, 2, 3), Term.minus(2), Term.minus(3)))),
                        Eq.table(c.point(0)),
                        h.toVector(),
                        d1,
                        d2),
                Lookup.inverseSum(2, Points.join(c.point(1), c.point(0)), hx, dx),
                Lookup.inverseSum(3, c.point(2), haux, d3),
                table);
        return new Scalar[] {FrVector.innerProduct(logits.factor(0), logits.factor(1)), ActivationLookup.total(table)};
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return groups;
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        final Scalar hAtR = value(bound, 1, 1);
        final Scalar d1AtR = value(bound, 1, 2);
        return new Scalar[] {
            value(bound, 0, 0),
            value(bound, 0, 1),
            hAtR,
            d1AtR,
            hAtR.mul(d1AtR),
            value(bound, 1, 3),
            value(bound, 2, 1),
            value(bound, 2, 2),
            value(bound, 3, 1),
            value(bound, 3, 2),
            ActivationLookup.mult(bound.get(4)),
            ActivationLookup.ht(bound.get(4))
        };
    }

    private static Scalar value(List<SumGroup> bound, int group, int factor) {
        return bound.get(group).factor(factor).get(0);
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[] {lookup.outAt(c.r(0, statement.b() + 1))};
    }
}
