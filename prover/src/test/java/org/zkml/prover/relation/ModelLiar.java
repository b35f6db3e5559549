package org.zkml.prover.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.Multilinear;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/**
 * A witness of {@link InferRelation} or {@link EvaluateRelation} that need not be true: what is committed and what the sums are run on are tables of their own. All that a lie does not
 * touch is computed as by the honest prover, from what the lie left behind.
 */
final class ModelLiar implements Witness {

    private static final int B = LyingModel.B;
    private static final int HALF = 1 << B; // where tag 1 of the table begins

    // factors of the sums over rows
    private static final int EQ = 0;
    private static final int H = 1;
    private static final int D1 = 2;
    private static final int D2 = 3;
    private static final int HD = 4;
    private static final int BELOW = 5;
    private static final int E1 = 6;
    private static final int E2 = 7;
    private static final int S = 8;
    private static final int Y1 = 9;
    private static final int Y1_LESS_ONE = 10;
    private static final int Y2 = 11;
    private static final int Y3_LESS_ONE = 12;

    private final ModelForm form;
    private final ModelLie lie;
    private final LyingModel model;
    private final Instance instance;

    /** The activation that the sums are run on: {@code out(tag, y)}. */
    final long[] out = new long[2 * HALF];

    /** What is looked up: integers before alpha is known; those of the features shifted to be not negative. */
    final long[] rem;

    final long[] zi;
    final long[] p;
    final long[] aux;
    final long[] entriesX;

    /** Multiplicities and inverses: committed, and those that the sums are run on. */
    final FrVector mult;

    FrVector sumMult;
    FrVector h;
    FrVector hx;
    FrVector haux;
    FrVector ht;
    FrVector sumH;
    FrVector sumHx;
    FrVector sumHaux;
    FrVector sumHt;

    /** A table for h d1 of its own, or null: the product. */
    FrVector hd;

    FrVector d1;
    private FrVector d2;
    private FrVector dx;
    private FrVector d3;
    private FrVector entries;
    private List<SumGroup> groups;

    ModelLiar(ModelForm form, ModelLie lie, KnownSetup setup) {
        this.form = form;
        this.lie = lie;
        model = lie.model(form);
        instance = model.instance(lie.ordinal(), setup);
        System.arraycopy(Arrays.stream(model.table.values()).asLongStream().toArray(), 0, out, HALF, HALF);
        rem = model.rem.clone();
        zi = model.zi.clone();
        p = model.p.clone();
        aux = model.aux.clone();
        entriesX = Arrays.stream(model.x).map(value -> value + HALF / 2).toArray();
        lie.onEntries(this);
        mult = Tables.of(count());
        sumMult = mult.copy();
    }

    /** Multiplicities of what is in the table. */
    private long[] count() {
        final long[] counts = new long[2 * HALF];
        final long[][] ranges = form == ModelForm.INFER ? new long[][] {rem, aux, entriesX} : new long[][] {rem, aux};
        for (long[] column : ranges) {
            Arrays.stream(column).filter(value -> value >= 0 && value < HALF).forEach(value -> counts[(int) value]++);
        }
        for (int i = 0; i < zi.length; i++) {
            final boolean inTable = zi[i] >= 0 && zi[i] < HALF;
            if (inTable && p[i] == out[HALF + (int) zi[i]] && model.s[i] == sign((int) zi[i])) {
                counts[HALF + (int) zi[i]]++;
            }
        }
        return counts;
    }

    /** The class of an index of the table. */
    private static int sign(int index) {
        return index < HALF / 2 ? -1 : 1;
    }

    Relation relation() {
        return instance.relation();
    }

    Instance instance() {
        return instance;
    }

    @Override
    public List<Blinded> statementColumns() {
        final Blinded table = InferInstance.table(model.table);
        return switch (instance) {
            case InferInstance answer -> List.of(answer.x(), answer.w(), answer.p(), table);
            case EvaluateInstance score -> List.of(score.x(), score.y(), score.w(), table);
            default -> throw new IllegalStateException("no instance of " + form);
        };
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        final List<MultilinearPolynomial> columns = new ArrayList<>(
                List.of(MultilinearPolynomial.ofLongs(model.zi), MultilinearPolynomial.ofLongs(model.rem)));
        if (form != ModelForm.INFER) {
            columns.add(MultilinearPolynomial.ofLongs(model.p));
        }
        if (form == ModelForm.EVALUATE) {
            columns.add(MultilinearPolynomial.ofLongs(model.s));
        }
        columns.add(MultilinearPolynomial.ofLongs(model.aux));
        columns.add(MultilinearPolynomial.of(mult));
        return columns;
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        final Scalar beta = c.first(1);
        final Scalar classFactor = form == ModelForm.EVALUATE ? beta.pow(3) : Scalar.ZERO;
        d1 = shifted(alpha, rem);
        d2 = shifted(alpha.add(beta.square()), zi);
        MultilinearPolynomial.ofLongs(p).addTo(d2, beta);
        MultilinearPolynomial.ofLongs(model.s).addTo(d2, classFactor);
        dx = shifted(alpha, entriesX);
        d3 = shifted(alpha, aux);
        entries = FrVector.zeros(2 * HALF);
        for (int i = 0; i < 2 * HALF; i++) {
            final Scalar entry = alpha.add(Scalar.of(i % HALF)).add(beta.mul(Scalar.of(out[i])));
            final Scalar tagged = entry.add(beta.square()).add(classFactor.mul(Scalar.of(sign(i % HALF))));
            entries.set(i, i < HALF ? entry : tagged);
        }
        h = Lookup.inverses(d1);
        h.addScaled(Lookup.inverses(d2), Scalar.ONE);
        hx = Lookup.inverses(dx);
        haux = Lookup.inverses(d3);
        ht = Lookup.inverses(entries);
        sumH = h.copy();
        sumHx = hx.copy();
        sumHaux = haux.copy();
        sumHt = ht.copy();
        lie.onInverses(this);
        final List<MultilinearPolynomial> columns = new ArrayList<>(List.of(MultilinearPolynomial.of(h)));
        if (form == ModelForm.INFER) {
            columns.add(MultilinearPolynomial.of(hx));
        }
        columns.add(MultilinearPolynomial.of(haux));
        columns.add(MultilinearPolynomial.of(ht));
        return columns;
    }

    private static FrVector shifted(Scalar constant, long... values) {
        final FrVector table = Tables.of(values);
        table.addConstant(constant);
        return table;
    }

    /** The sum of the committed inverses less that of the table's side: 0 if the lookup is true. */
    Scalar lookupError() {
        final Scalar features = form == ModelForm.INFER ? Tables.sum(hx) : Scalar.ZERO;
        return Tables.sum(h).add(features).add(Tables.sum(haux)).sub(FrVector.innerProduct(sumMult, sumHt));
    }

    /** The lookup table's denominator at an index. */
    Scalar denominator(int index) {
        return entries.get(index);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        lie.onSums(this, c);
        final SumGroup logits = new SumGroup(
                2,
                List.of(new Part(0, -1, List.of(Term.plus(0, 1)))),
                Multilinear.contract(MultilinearPolynomial.ofLongs(model.forwardX), 2, Eq.table(c.point(0))),
                Tables.of(model.forward));
        groups = new ArrayList<>(List.of(logits, rows(c)));
        if (form == ModelForm.INFER) {
            groups.add(inverses(form.sum("features"), Points.join(c.point(1), c.point(0)), sumHx, dx));
        }
        groups.add(inverses(form.sum("limbs"), c.point(2), sumHaux, d3));
        groups.add(new SumGroup(
                B + 1,
                List.of(
                        new Part(form.sum("entries"), 0, List.of(Term.plus(1, 2), Term.minus())),
                        new Part(form.sum("table side"), -1, List.of(Term.plus(1, 3)))),
                Eq.table(c.point(3)),
                sumHt.copy(),
                entries.copy(),
                sumMult.copy()));
        final Scalar[] sums = {
            FrVector.innerProduct(logits.factor(0), logits.factor(1)), FrVector.innerProduct(sumMult, sumHt)
        };
        lie.onHiddenSums(this, c, sums);
        return sums;
    }

    private static SumGroup inverses(int sum, Scalar[] point, FrVector inverses, FrVector denominators) {
        return new SumGroup(
                point.length,
                List.of(new Part(sum, 0, List.of(Term.plus(1, 2), Term.minus()))),
                Eq.table(point),
                inverses.copy(),
                denominators.copy());
    }

    private SumGroup rows(Challenges c) {
        final Term product = hd == null ? Term.plus(H, D1, D2) : Term.plus(HD, D2);
        final List<Part> parts = new ArrayList<>(
                List.of(new Part(form.sum("rows"), EQ, List.of(product, Term.minus(D1), Term.minus(D2)))));
        final List<FrVector> factors = new ArrayList<>(
                List.of(Eq.table(c.point(0)), sumH.copy(), d1.copy(), d2.copy(), hd == null ? sumH.copy() : hd.copy()));
        if (form != ModelForm.INFER) {
            final long[] below = new long[LyingModel.ROWS];
            Arrays.fill(below, 0, LyingModel.N, 1);
            factors.addAll(List.of(Tables.of(below), Tables.of(model.e1), Tables.of(model.e2)));
            parts.add(new Part(form.sum("errors"), BELOW, List.of(Term.plus(E1, E2))));
        }
        if (form == ModelForm.EVALUATE) {
            final Scalar less = Scalar.of(-one());
            factors.addAll(List.of(
                    Tables.of(model.hitS),
                    Tables.of(model.y1),
                    shifted(less, model.y1),
                    Tables.of(model.y2),
                    shifted(less, model.y3)));
            parts.add(new Part(form.sum("hits"), BELOW, List.of(Term.plus(S, Y1), Term.plus(S, Y1_LESS_ONE))));
            parts.add(new Part(form.sum("targets"), EQ, List.of(Term.plus(Y2, Y3_LESS_ONE))));
        }
        return new SumGroup(2, parts, factors.toArray(FrVector[]::new));
    }

    /** The target of class 1. */
    private long one() {
        return 1L << model.table.fp();
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return groups;
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        final Scalar hAtR = Tables.bound(bound, 1, H);
        final Scalar d1AtR = Tables.bound(bound, 1, D1);
        final List<Scalar> values = new ArrayList<>(List.of(
                Tables.bound(bound, 0, 0),
                Tables.bound(bound, 0, 1),
                hAtR,
                d1AtR,
                hd == null ? hAtR.mul(d1AtR) : Tables.bound(bound, 1, HD),
                Tables.bound(bound, 1, D2)));
        if (form == ModelForm.INFER) {
            values.addAll(List.of(Tables.bound(bound, 2, 1), Tables.bound(bound, 2, 2)));
        }
        if (form == ModelForm.EVALUATE) {
            values.addAll(List.of(
                    Tables.bound(bound, 1, S),
                    Tables.bound(bound, 1, Y1),
                    Tables.bound(bound, 1, Y2),
                    Tables.bound(bound, 1, Y3_LESS_ONE).add(Scalar.of(one()))));
        }
        if (form != ModelForm.INFER) {
            values.addAll(List.of(Tables.bound(bound, 1, E1), Tables.bound(bound, 1, E2)));
        }
        final int limbs = bound.size() - 2;
        values.addAll(List.of(
                Tables.bound(bound, limbs, 1),
                Tables.bound(bound, limbs, 2),
                Tables.bound(bound, limbs + 1, 3),
                Tables.bound(bound, limbs + 1, 1)));
        return values.toArray(Scalar[]::new);
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[] {MultilinearPolynomial.ofLongs(out).evaluate(c.r(0, B + 1))};
    }
}
