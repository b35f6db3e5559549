package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.List;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.Multilinear;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.poly.Weight;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/** The secret side of {@link TrainRelation}: data, models, and the trace of the training run. */
public final class TrainWitness implements Witness {

    private final TrainStatement.Shape shape;
    private final Scalar c;
    private final Inputs inputs;
    private final Columns columns;
    private final ActivationLookup lookup;
    private FrVector d1;
    private FrVector d2;
    private FrVector d3;
    private MultilinearPolynomial h;
    private MultilinearPolynomial haux;
    private List<SumGroup> groups;

    /** The statement's external columns with the blinders of their commitments. */
    public record Inputs(Blinded x, Blinded y, Blinded wIn, Blinded wOut) {}

    /** The columns of the run, in the layout of docs/proof-system.md, section 6, each entry below 2^b (p: signed). */
    public record Columns(
            MultilinearPolynomial zi, MultilinearPolynomial rem, MultilinearPolynomial p, MultilinearPolynomial aux) {}

    /** @param activation the 2^b values of the activation table */
    public TrainWitness(TrainStatement statement, Inputs inputs, Columns columns, int[] activation) {
        this.shape = statement.shape();
        this.c = Scalar.of(statement.c());
        this.inputs = inputs;
        this.columns = columns;
        this.lookup = new ActivationLookup(shape.b(), activation, false);
        lookup.count("rem", columns.rem(), 0, ActivationLookup.RANGE);
        lookup.count("aux", columns.aux(), 0, ActivationLookup.RANGE);
        lookup.count("zi", columns.zi(), 0, ActivationLookup.ACTIVATION);
    }

    /** The fixed column {@code out(tag, y)}: zeros for tag 0, the activation for tag 1. */
    public static MultilinearPolynomial fixedTable(int[] activation, int b) {
        if (activation.length != 1 << b) {
            throw new IllegalArgumentException(activation.length + " activation values, not 2^" + b);
        }
        final int[] values = new int[2 << b];
        System.arraycopy(activation, 0, values, 1 << b, 1 << b);
        return MultilinearPolynomial.ofSmall(values);
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(inputs.x, inputs.y, inputs.wIn, inputs.wOut, lookup.out());
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(columns.zi, columns.rem, columns.p, columns.aux, lookup.mult());
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges challenges) {
        final Scalar alpha = challenges.first(0);
        final Scalar beta = challenges.first(1);
        d1 = Lookup.shifted(columns.rem, alpha);
        d2 = Lookup.shifted(columns.zi, alpha.add(beta.square()));
        columns.p.addTo(d2, beta);
        d3 = Lookup.shifted(columns.aux, alpha);
        final MultilinearPolynomial ht = lookup.invert(alpha, beta);
        h = lookup.selected(
                lookup.part(columns.rem, 0, ActivationLookup.RANGE),
                lookup.part(columns.zi, 0, ActivationLookup.ACTIVATION));
        haux = lookup.selected(lookup.part(columns.aux, 0, ActivationLookup.RANGE));
        return List.of(h, haux, ht);
    }

    @Override
    public Scalar[] hiddenSums(Challenges challenges) {
        groups = List.of(
                forward(challenges),
                backward(challenges),
                Lookup.inverseSum(3, challenges.point(3), haux, d3),
                lookup.sums(4, challenges.point(4)));
        final SumGroup forward = groups.get(0);
        final SumGroup backward = groups.get(1);
        return new Scalar[] {
            FrVector.innerProduct(forward.factor(0), forward.factor(1), forward.factor(2)),
            FrVector.innerProduct(backward.factor(0), backward.factor(1), backward.factor(2)),
            ActivationLookup.total(groups.get(3))
        };
    }

    @Override
    public List<SumGroup> sums(Challenges challenges) {
        return groups;
    }

    /** Sum 0, the logits: {@code eq(rho_b, batch) X(batch, rho_i, k) Wf(rho_e, batch, k)}. */
    private SumGroup forward(Challenges challenges) {
        final Scalar[] rhoT = challenges.point(1);
        final Scalar[] rhoB = Arrays.copyOf(rhoT, shape.lb());
        final Scalar[] rhoE = Arrays.copyOfRange(rhoT, shape.lb(), shape.lt());
        return new SumGroup(
                shape.lk() + shape.lb(),
                List.of(new Part(0, 0, List.of(Term.plus(1, 2)))),
                Weight.tensor(Weight.ones(shape.lk()), Weight.eq(rhoB)).table(),
                Multilinear.contract(inputs.x.polynomial(), shape.lk(), Eq.table(challenges.point(0))),
                Multilinear.contract(forwardWeights(), shape.lk() + shape.lb(), Eq.table(rhoE)));
    }

    /** {@code Wf(t, k) = aux_1 + 2^b aux_2 - 2^{2b-1}}, in signed 2b bits. */
    private MultilinearPolynomial forwardWeights() {
        final int features = 1 << shape.lk();
        final int[] aux = columns.aux.smallValues();
        final int[] weights = new int[features << shape.lt()];
        for (int t = 0; t < 1 << shape.lt(); t++) {
            for (int k = 0; k < features; k++) {
                final int limb1 = k + features * (1 + Limbs.COUNT * t);
                final long offset = 1L << (2 * shape.b() - 1);
                weights[k + features * t] = (int) (aux[limb1] + ((long) aux[limb1 + features] << shape.b()) - offset);
            }
        }
        return MultilinearPolynomial.ofSmall(weights);
    }

    /** Sums 1 and 2, over (t, i): the gradients, and the inverses of the lookups. */
    private SumGroup backward(Challenges challenges) {
        final Scalar[] rhoI = challenges.point(0);
        final Scalar[] rhoT = challenges.point(1);
        final FrVector features = Multilinear.contract(inputs.x.polynomial(), 0, Eq.table(challenges.point(2)));
        final FrVector weight = Weight.tensor(
                        Weight.dense(c), Weight.ones(shape.li()), Weight.eqBelow(shape.steps(), rhoT))
                .table();
        return new SumGroup(
                shape.li() + shape.lt(),
                List.of(
                        new Part(1, 0, List.of(Term.plus(1, 2))),
                        new Part(2, 3, List.of(Term.plus(4, 5, 6), Term.minus(5), Term.minus(6)))),
                weight,
                tile(features),
                residuals(),
                Eq.table(Points.join(rhoI, rhoT)),
                h.toVector(),
                d1,
                d2);
    }

    /** A table over (batch, i) repeated over (t, i): step t uses batch t mod 2^lb. */
    private FrVector tile(FrVector table) {
        final FrVector out = FrVector.zeros(table.size() << (shape.lt() - shape.lb()));
        out.tile(table);
        return out;
    }

    private FrVector residuals() {
        final int[] predictions = columns.p.smallValues();
        final int[] targets = inputs.y.polynomial().smallValues();
        final int[] residuals = new int[predictions.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = predictions[i] - targets[i & (targets.length - 1)];
        }
        return FrVector.ofSmall(residuals);
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        final Scalar hAtR = value(bound, 1, 4);
        final Scalar d1AtR = value(bound, 1, 5);
        return new Scalar[] {
            value(bound, 0, 1),
            value(bound, 0, 2),
            value(bound, 1, 1),
            value(bound, 1, 2),
            hAtR,
            d1AtR,
            hAtR.mul(d1AtR),
            value(bound, 1, 6),
            value(bound, 2, 1),
            value(bound, 2, 2),
            ActivationLookup.mult(bound.get(3)),
            ActivationLookup.ht(bound.get(3))
        };
    }

    private static Scalar value(List<SumGroup> bound, int group, int factor) {
        return bound.get(group).factor(factor).get(0);
    }

    @Override
    public Scalar[] clearValues(Challenges challenges) {
        return new Scalar[] {lookup.outAt(challenges.r(0, shape.b() + 1))};
    }
}
