package org.zkml.prover.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.relation.EvaluateRelation.Sum;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;
import org.zkml.prover.training.ExactScore;

/** The secret side of {@link EvaluateRelation}: the model, the rows and their targets. */
public final class EvaluateWitness implements Witness {

    // factors of the sums over rows
    private static final int EQ = 0;
    private static final int H = 1;
    private static final int D1 = 2;
    private static final int D2 = 3;
    private static final int BELOW = 4;
    private static final int ERROR = 5;
    private static final int S = 6;
    private static final int Y = 7;
    private static final int Y_LESS_ONE = 8;

    private final EvaluateStatement statement;
    private final List<Sum> sums;
    private final Blinded x;
    private final Blinded y;
    private final Blinded w;
    private final ModelColumns columns;
    private final MultilinearPolynomial p;
    private final MultilinearPolynomial s;
    private final ActivationLookup lookup;
    private FrVector d1;
    private FrVector d2;
    private FrVector d3;
    private MultilinearPolynomial h;
    private MultilinearPolynomial haux;
    private List<SumGroup> groups;

    /**
     * @param x features: feature k of row i at {@code k + 2^lk i}, in signed b bits
     * @param y targets: 0 or 2^fp, or for a regression any in signed b bits
     * @param w the model's master weights
     * @param activation the 2^b values of the activation table
     * @throws IllegalArgumentException naming what has another size than the statement's, is out of range, or is not what the statement says of the model
     * @throws org.zkml.prover.training.OutOfRangeException if a logit leaves the range in which it can be proved
     */
    public EvaluateWitness(EvaluateStatement statement, Blinded x, Blinded y, Blinded w, int... activation) {
        this.statement = statement;
        this.sums = EvaluateRelation.sums(statement);
        this.x = x;
        this.y = y;
        this.w = w;
        lookup = new ActivationLookup(statement.b(), activation, !statement.regression());
        columns = new ModelColumns(statement.b(), statement.ln(), statement.lk(), x, w, activation);
        ModelColumns.requireVariables("Y", y.polynomial(), statement.ln());
        requireTargets(statement, y.polynomial().smallValues());
        requireScore(
                statement,
                ExactScore.of(
                        columns.trace(),
                        y.polynomial().smallValues(),
                        (int) statement.n(),
                        new FixedPoint(statement.b())));
        p = MultilinearPolynomial.ofSmall(columns.trace().p());
        s = classes();
        lookup.count("rem", columns.rem(), 0, ActivationLookup.RANGE);
        lookup.count("aux", columns.aux(), 0, ActivationLookup.RANGE);
        lookup.count("zi", columns.zi(), 0, ActivationLookup.ACTIVATION);
    }

    private static void requireTargets(EvaluateStatement statement, int... targets) {
        final FixedPoint format = new FixedPoint(statement.b());
        final int one = 1 << statement.fp();
        for (int i = 0; i < targets.length; i++) {
            if (statement.regression() ? !format.isValue(targets[i]) : targets[i] != 0 && targets[i] != one) {
                throw new IllegalArgumentException("Y[" + i + "] is " + targets[i] + ", not "
                        + (statement.regression()
                                ? "in signed " + statement.b() + " bits"
                                : "0 or " + one + ": this is no classification"));
            }
        }
    }

    private static void requireScore(EvaluateStatement statement, ExactScore score) {
        if (!statement.regression() && statement.hits() != score.hits()) {
            throw new IllegalArgumentException(
                    "hits = " + statement.hits() + " in the statement, the model has " + score.hits());
        }
        if (!statement.squaredErrorSum().equals(score.squaredErrorSum())) {
            throw new IllegalArgumentException("E = " + statement.squaredErrorSum()
                    + " in the statement, the model has " + score.squaredErrorSum());
        }
    }

    /** s: 1 where the model says class 1, else -1. */
    private MultilinearPolynomial classes() {
        final int[] signs = new int[1 << statement.ln()];
        final FixedPoint format = new FixedPoint(statement.b());
        Arrays.setAll(signs, i -> columns.trace().saysOne(i, format) ? 1 : -1);
        return MultilinearPolynomial.ofSmall(signs);
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(x, y, w, lookup.out());
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return statement.regression()
                ? List.of(columns.zi(), columns.rem(), p, columns.aux(), lookup.mult())
                : List.of(columns.zi(), columns.rem(), p, s, columns.aux(), lookup.mult());
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        final Scalar beta = c.first(1);
        d1 = Lookup.shifted(columns.rem(), alpha);
        d2 = Lookup.shifted(columns.zi(), alpha.add(beta.square()));
        p.addTo(d2, beta);
        if (!statement.regression()) {
            s.addTo(d2, beta.pow(3));
        }
        d3 = Lookup.shifted(columns.aux(), alpha);
        final MultilinearPolynomial ht = lookup.invert(alpha, beta);
        h = lookup.selected(
                lookup.part(columns.rem(), 0, ActivationLookup.RANGE),
                lookup.part(columns.zi(), 0, ActivationLookup.ACTIVATION));
        haux = lookup.selected(lookup.part(columns.aux(), 0, ActivationLookup.RANGE));
        return List.of(h, haux, ht);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        final SumGroup logits = columns.logits(c.point(0));
        final SumGroup table = lookup.sums(sums.indexOf(Sum.ENTRIES), c.point(3));
        groups = List.of(logits, rows(c), Lookup.inverseSum(sums.indexOf(Sum.LIMBS), c.point(2), haux, d3), table);
        return new Scalar[] {FrVector.innerProduct(logits.factor(0), logits.factor(1)), ActivationLookup.total(table)};
    }

    /** The sums over i: the inverses of the lookups, the hits, the targets' range and the errors. */
    private SumGroup rows(Challenges c) {
        final List<Part> parts = new ArrayList<>();
        final List<FrVector> factors =
                new ArrayList<>(List.of(Eq.table(c.point(0)), h.toVector(), d1, d2, below(), errors()));
        parts.add(new Part(sums.indexOf(Sum.ROWS), EQ, List.of(Term.plus(H, D1, D2), Term.minus(D1), Term.minus(D2))));
        parts.add(new Part(sums.indexOf(Sum.ERRORS), BELOW, List.of(Term.plus(ERROR, ERROR))));
        if (!statement.regression()) {
            final FrVector lessOne = y.polynomial().toVector();
            lessOne.addConstant(Scalar.powerOfTwo(statement.fp()).negate());
            factors.addAll(List.of(s.toVector(), y.polynomial().toVector(), lessOne));
            parts.add(new Part(sums.indexOf(Sum.HITS), BELOW, List.of(Term.plus(S, Y), Term.plus(S, Y_LESS_ONE))));
            parts.add(new Part(sums.indexOf(Sum.TARGETS), EQ, List.of(Term.plus(Y, Y_LESS_ONE))));
        }
        return new SumGroup(statement.ln(), parts, factors.toArray(FrVector[]::new));
    }

    /** 1 in the rows with data. */
    private FrVector below() {
        final int[] below = new int[1 << statement.ln()];
        Arrays.fill(below, 0, (int) statement.n(), 1);
        return FrVector.ofSmall(below);
    }

    private FrVector errors() {
        final int[] errors = p.smallValues().clone();
        final int[] targets = y.polynomial().smallValues();
        Arrays.setAll(errors, i -> errors[i] - targets[i]);
        return FrVector.ofSmall(errors);
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return groups;
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        final SumGroup rows = bound.get(1);
        final Scalar hAtR = value(rows, H);
        final Scalar d1AtR = value(rows, D1);
        final List<Scalar> values = new ArrayList<>(
                List.of(value(bound.get(0), 0), value(bound.get(0), 1), hAtR, d1AtR, hAtR.mul(d1AtR), value(rows, D2)));
        if (!statement.regression()) {
            final Scalar target = value(rows, Y);
            values.addAll(List.of(value(rows, S), target, target, target));
        }
        values.addAll(List.of(
                value(rows, ERROR),
                value(rows, ERROR),
                value(bound.get(2), 1),
                value(bound.get(2), 2),
                ActivationLookup.mult(bound.get(3)),
                ActivationLookup.ht(bound.get(3))));
        return values.toArray(Scalar[]::new);
    }

    private static Scalar value(SumGroup bound, int factor) {
        return bound.factor(factor).get(0);
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[] {lookup.outAt(c.r(0, statement.b() + 1))};
    }
}
