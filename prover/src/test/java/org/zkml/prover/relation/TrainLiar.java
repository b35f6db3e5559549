package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.Multilinear;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.poly.Weight;
import org.zkml.prover.relation.TrainInstance.Start;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/**
 * A witness of {@link TrainRelation} that need not be true: what is committed and what the sums are run on are tables of their own. All that a lie does
 * not touch is computed as by the honest prover, from what the lie left behind.
 */
final class TrainLiar implements Witness {

    private final TrainingShape shape;
    private final TrainLie lie;
    private final LyingTrainer run;
    private final TrainStatement statement;
    private final TrainWitness.Inputs inputs;
    private final Blinded committedOut;

    /** The activation that the sums are run on: {@code out(tag, y)}. */
    final long[] out;

    /** What is looked up: integers before alpha is known. */
    final long[] rem;

    final long[] zi;
    final long[] p;
    final long[] aux;

    /** Multiplicities: committed, and those that the sums are run on. */
    final FrVector mult;

    FrVector sumMult;

    FrVector h;
    FrVector haux;
    FrVector ht;
    FrVector sumH;
    FrVector sumHaux;
    FrVector sumHt;

    /** Added to every product x1 w1: what a false pad of the pair does. */
    Scalar productShift = Scalar.ZERO;

    /** A table for h d1 of its own, or null: the product. */
    FrVector hd;

    FrVector d1;
    FrVector d2;
    private FrVector d3;
    private FrVector entries;
    private List<SumGroup> groups;

    TrainLiar(TrainLie lie, KnownSetup setup) {
        this(lie, setup, lie::trainer);
    }

    TrainLiar(TrainLie lie, KnownSetup setup, Function<Start, LyingTrainer> trainer) {
        this.lie = lie;
        final Start start = lie.start();
        shape = start.shape();
        run = trainer.apply(start).run();
        final SeededScalars blinders = new SeededScalars("blinders of run " + lie.ordinal());
        inputs = new TrainWitness.Inputs(
                new Blinded(MultilinearPolynomial.ofSmall(start.x()), blinders.apply("X")),
                new Blinded(MultilinearPolynomial.ofSmall(start.y()), blinders.apply("Y")),
                new Blinded(MultilinearPolynomial.ofLongs(lie.committedIn(run)), blinders.apply("W_in")),
                new Blinded(MultilinearPolynomial.ofLongs(lie.committedOut(run)), blinders.apply("W_out")));
        statement = TrainInstance.statement(start, lie.ordinal(), inputs, setup);
        final int[] activation = start.table().values();
        committedOut = new Blinded(TrainWitness.fixedTable(activation, shape.b()), Scalar.ZERO);
        out = new long[2 << shape.b()];
        for (int y = 0; y < activation.length; y++) {
            out[activation.length + y] = activation[y];
        }
        rem = run.rem.clone();
        zi = run.zi.clone();
        p = run.p.clone();
        aux = run.aux.clone();
        lie.onEntries(this);
        mult = Tables.of(count());
        sumMult = mult.copy();
    }

    /** Multiplicities of what is in the table. */
    private long[] count() {
        final int half = 1 << shape.b();
        final long[] counts = new long[2 * half];
        for (long[] column : new long[][] {rem, aux}) {
            for (long value : column) {
                if (value >= 0 && value < half) {
                    counts[(int) value]++;
                }
            }
        }
        for (int i = 0; i < zi.length; i++) {
            if (zi[i] >= 0 && zi[i] < half && p[i] == out[half + (int) zi[i]]) {
                counts[half + (int) zi[i]]++;
            }
        }
        return counts;
    }

    TrainRelation relation() {
        return new TrainRelation(statement);
    }

    TrainingShape shape() {
        return shape;
    }

    long stepConstant() {
        return statement.c().longValueExact();
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(inputs.x(), inputs.y(), inputs.wIn(), inputs.wOut(), committedOut);
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(
                MultilinearPolynomial.ofLongs(run.zi),
                MultilinearPolynomial.ofLongs(run.rem),
                MultilinearPolynomial.ofLongs(run.p),
                MultilinearPolynomial.ofLongs(run.aux),
                MultilinearPolynomial.of(mult));
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        final Scalar beta = c.first(1);
        final Scalar tag = beta.square();
        d1 = Tables.of(rem);
        d1.addConstant(alpha);
        d2 = Tables.of(zi);
        d2.addConstant(alpha.add(tag));
        MultilinearPolynomial.ofLongs(p).addTo(d2, beta);
        d3 = Tables.of(aux);
        d3.addConstant(alpha);
        final int half = 1 << shape.b();
        entries = FrVector.zeros(2 * half);
        for (int i = 0; i < 2 * half; i++) {
            final Scalar entry = alpha.add(Scalar.of(i % half)).add(beta.mul(Scalar.of(out[i])));
            entries.set(i, i < half ? entry : entry.add(tag));
        }
        h = Lookup.inverses(d1);
        h.addScaled(Lookup.inverses(d2), Scalar.ONE);
        haux = Lookup.inverses(d3);
        ht = Lookup.inverses(entries);
        sumH = h.copy();
        sumHaux = haux.copy();
        sumHt = ht.copy();
        lie.onInverses(this);
        return List.of(MultilinearPolynomial.of(h), MultilinearPolynomial.of(haux), MultilinearPolynomial.of(ht));
    }

    /** sum h + sum haux - sum mult ht: 0 if the lookup is true. */
    Scalar lookupError() {
        return Tables.sum(h).add(Tables.sum(haux)).sub(FrVector.innerProduct(sumMult, sumHt));
    }

    /** The lookup table's denominator at an index. */
    Scalar denominator(int index) {
        return entries.get(index);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        lie.onSums(this, c);
        groups = List.of(forward(c), backward(c), limbs(c), table(c));
        final SumGroup forward = groups.get(0);
        final SumGroup backward = groups.get(1);
        final Scalar[] sums = {
            FrVector.innerProduct(forward.factor(0), forward.factor(1), forward.factor(2))
                    .add(FrVector.innerProduct(forward.factor(0), forward.factor(3))),
            FrVector.innerProduct(backward.factor(0), backward.factor(1), backward.factor(2)),
            FrVector.innerProduct(sumMult, sumHt)
        };
        lie.onHiddenSums(this, c, sums);
        return sums;
    }

    private SumGroup forward(Challenges c) {
        final Scalar[] rhoT = c.point(1);
        final Scalar[] rhoB = Arrays.copyOf(rhoT, shape.lb());
        final Scalar[] rhoE = Arrays.copyOfRange(rhoT, shape.lb(), shape.lt());
        final long[] features = new long[shape.batches() * shape.rows() * shape.features()];
        Arrays.setAll(features, run::forwardFeature);
        return new SumGroup(
                shape.lk() + shape.lb(),
                List.of(new Part(0, 0, List.of(Term.plus(1, 2), Term.plus(3)))),
                Weight.tensor(Weight.ones(shape.lk()), Weight.eq(rhoB)).table(),
                Multilinear.contract(MultilinearPolynomial.ofLongs(features), shape.lk(), Eq.table(c.point(0))),
                Multilinear.contract(
                        MultilinearPolynomial.ofLongs(run.forwardWeights), shape.lk() + shape.lb(), Eq.table(rhoE)),
                shifts());
    }

    private FrVector shifts() {
        final FrVector shifts = FrVector.zeros(1 << (shape.lk() + shape.lb()));
        shifts.addConstant(productShift);
        return shifts;
    }

    private SumGroup backward(Challenges c) {
        final Scalar[] rhoT = c.point(1);
        final long[] features = new long[shape.batches() * shape.rows() * shape.features()];
        Arrays.setAll(features, run::gradientFeature);
        final FrVector tiled = FrVector.zeros(1 << (shape.li() + shape.lt()));
        tiled.tile(Multilinear.contract(MultilinearPolynomial.ofLongs(features), 0, Eq.table(c.point(2))));
        final Weight used = Weight.tensor(Weight.ones(shape.li()), Weight.eqBelow(shape.steps(), rhoT));
        final FrVector weight = FrVector.zeros(tiled.size());
        weight.addScaled(used.table(), Scalar.of(statement.c()));
        final Term product = hd == null ? Term.plus(4, 5, 6) : Term.plus(7, 6);
        return new SumGroup(
                shape.li() + shape.lt(),
                List.of(
                        new Part(1, 0, List.of(Term.plus(1, 2))),
                        new Part(2, 3, List.of(product, Term.minus(5), Term.minus(6)))),
                weight,
                tiled,
                Tables.of(run.residuals),
                Eq.table(Points.join(c.point(0), rhoT)),
                sumH.copy(),
                d1.copy(),
                d2.copy(),
                hd == null ? sumH.copy() : hd.copy());
    }

    private SumGroup limbs(Challenges c) {
        return new SumGroup(
                shape.lk() + 3 + shape.lt(),
                List.of(new Part(3, 0, List.of(Term.plus(1, 2), Term.minus()))),
                Eq.table(c.point(3)),
                sumHaux.copy(),
                d3.copy());
    }

    private SumGroup table(Challenges c) {
        return new SumGroup(
                shape.b() + 1,
                List.of(
                        new Part(4, 0, List.of(Term.plus(1, 2), Term.minus())),
                        new Part(5, -1, List.of(Term.plus(1, 3)))),
                Eq.table(c.point(4)),
                sumHt.copy(),
                entries.copy(),
                sumMult.copy());
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return groups;
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        final Scalar hAtR = Tables.bound(bound, 1, 4);
        final Scalar d1AtR = Tables.bound(bound, 1, 5);
        return new Scalar[] {
            Tables.bound(bound, 0, 1),
            Tables.bound(bound, 0, 2),
            Tables.bound(bound, 1, 1),
            Tables.bound(bound, 1, 2),
            hAtR,
            d1AtR,
            hd == null ? hAtR.mul(d1AtR) : Tables.bound(bound, 1, 7),
            Tables.bound(bound, 1, 6),
            Tables.bound(bound, 2, 1),
            Tables.bound(bound, 2, 2),
            Tables.bound(bound, 3, 3),
            Tables.bound(bound, 3, 1)
        };
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[] {MultilinearPolynomial.ofLongs(out).evaluate(c.r(0, shape.b() + 1))};
    }
}
