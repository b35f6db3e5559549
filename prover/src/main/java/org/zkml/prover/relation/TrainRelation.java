package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.List;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.ColumnSpec;
import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.engine.Form;
import org.zkml.prover.engine.LinearClaim;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Structure;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.Weight;

/** Relation TRAIN (docs/proof-system.md, section 6): steps of gradient descent in fixed point, from one committed model to another. */
public final class TrainRelation implements Relation {

    private static final int X = 0;
    private static final int Y = 1;
    private static final int W_IN = 2;
    private static final int W_OUT = 3;
    private static final int OUT = 4;
    private static final int ZI = 5;
    private static final int REM = 6;
    private static final int P = 7;
    private static final int AUX = 8;
    private static final int MULT = 9;
    private static final int H = 10;
    private static final int HAUX = 11;
    private static final int HT = 12;

    private static final int V_Z = 0;
    private static final int V_G = 1;
    private static final int V_S = 2;

    private final TrainStatement statement;
    private final Structure structure;
    private final int lb;
    private final int li;
    private final int lk;
    private final int lt;
    private final int b;
    private final Scalar offW;

    public TrainRelation(TrainStatement statement) {
        this.statement = statement;
        final TrainStatement.Shape shape = statement.shape();
        lb = shape.lb();
        li = shape.li();
        lk = shape.lk();
        lt = shape.lt();
        b = shape.b();
        offW = Scalar.powerOfTwo(3 * b - 1).add(Scalar.powerOfTwo(b - 1));
        final int auxVars = lk + Limbs.VARS + lt;
        structure = new Structure(
                List.of(
                        new ColumnSpec("X", lk + li + lb, Kind.EXTERNAL),
                        new ColumnSpec("Y", li + lb, Kind.EXTERNAL),
                        new ColumnSpec("W_in", lk, Kind.EXTERNAL),
                        new ColumnSpec("W_out", lk, Kind.EXTERNAL),
                        new ColumnSpec("out", b + 1, Kind.FIXED),
                        new ColumnSpec("zi", li + lt, Kind.FIRST_PHASE),
                        new ColumnSpec("rem", li + lt, Kind.FIRST_PHASE),
                        new ColumnSpec("p", li + lt, Kind.FIRST_PHASE),
                        new ColumnSpec("aux", auxVars, Kind.FIRST_PHASE),
                        new ColumnSpec("mult", b + 1, Kind.FIRST_PHASE),
                        new ColumnSpec("h", li + lt, Kind.SECOND_PHASE),
                        new ColumnSpec("haux", auxVars, Kind.SECOND_PHASE),
                        new ColumnSpec("ht", b + 1, Kind.SECOND_PHASE)),
                2,
                List.of(li, lt, lk, lt + Limbs.VARS + lk, b + 1),
                List.of("v_Z", "v_G", "v_S"),
                List.of(lk + lb, li + lt, li + lt, auxVars, b + 1, b + 1),
                List.of("x1", "w1", "x2", "e2", "h", "d1", "hd", "d2", "haux", "d3", "mult", "ht"),
                List.of("out"));
    }

    /** The statement that this relation is about. */
    public TrainStatement statement() {
        return statement;
    }

    @Override
    public byte[] encodeStatement() {
        return statement.encode();
    }

    @Override
    public List<G1Affine> statementCommitments() {
        return List.of(statement.x(), statement.y(), statement.in(), statement.out(), statement.table());
    }

    @Override
    public VerifierKey verifierKey() {
        return statement.key();
    }

    @Override
    public Structure structure() {
        return structure;
    }

    /** The challenges under the names of section 6. */
    private record Named(
            Scalar alpha, Scalar beta, Scalar[] rhoI, Scalar[] rhoT, Scalar[] rhoK, Scalar[] sigma, Scalar[] upsilon) {
        Named(Challenges c) {
            this(c.first(0), c.first(1), c.point(0), c.point(1), c.point(2), c.point(3), c.point(4));
        }
    }

    private Scalar[] rhoB(Named at) {
        return Arrays.copyOf(at.rhoT, lb);
    }

    private Scalar[] rhoE(Named at) {
        return Arrays.copyOfRange(at.rhoT, lb, lt);
    }

    private int value(String name) {
        return structure.valueSlot(name);
    }

    @Override
    public Form sumClaim(int sum) {
        return switch (sum) {
            case 0 -> Form.message(structure.hiddenSlot(V_Z));
            case 1 -> Form.message(structure.hiddenSlot(V_G));
            case 5 -> Form.message(structure.hiddenSlot(V_S));
            default -> new Form();
        };
    }

    @Override
    public Form sumAtPoint(int sum, Challenges c) {
        final Named at = new Named(c);
        return switch (sum) {
            case 0 -> new Form().plusProduct(Eq.at(rhoB(at), c.r(lk, lk + lb)), value("x1"), value("w1"));
            case 1 -> {
                final Scalar weight =
                        Eq.below(at.rhoT, c.r(li, li + lt), statement.shape().steps());
                yield new Form().plusProduct(Scalar.of(statement.c()).mul(weight), value("x2"), value("e2"));
            }
            case 2 -> {
                final Scalar eq = Eq.at(Points.join(at.rhoI, at.rhoT), c.r(0, li + lt));
                yield new Form()
                        .plusProduct(eq, value("hd"), value("d2"))
                        .plus(eq.negate(), value("d1"))
                        .plus(eq.negate(), value("d2"));
            }
            case 3 -> {
                final Scalar eq = Eq.at(at.sigma, c.r(0, lk + Limbs.VARS + lt));
                yield Form.of(eq.negate()).plusProduct(eq, value("haux"), value("d3"));
            }
            case 4 -> {
                final Scalar[] r = c.r(0, b + 1);
                final Scalar eq = Eq.at(at.upsilon, r);
                final Scalar entry = at.alpha
                        .add(Points.index(Arrays.copyOf(r, b)))
                        .add(at.beta.mul(c.clear(0)))
                        .add(at.beta.square().mul(r[b]));
                yield Form.of(eq.negate()).plus(eq.mul(entry), value("ht"));
            }
            case 5 -> new Form().plusProduct(Scalar.ONE, value("mult"), value("ht"));
            default -> throw new IllegalArgumentException("no sum " + sum);
        };
    }

    @Override
    public List<Form> equations() {
        return List.of(Form.message(value("hd")).plusProduct(Scalar.ONE.negate(), value("h"), value("d1")));
    }

    @Override
    public List<LinearClaim> linearClaims(Challenges c) {
        final Named at = new Named(c);
        final Scalar[] rI = c.r(0, li);
        final Scalar[] rT = c.r(li, li + lt);
        final Scalar[] rBatch = c.r(li, li + lb);
        final Weight rows = Weight.eq(Points.join(at.rhoI, at.rhoT));
        final Weight rowsAtR = Weight.eq(Points.join(rI, rT));
        final Weight auxAtR = Weight.eq(c.r(0, lk + Limbs.VARS + lt));
        final Weight tableAtR = Weight.eq(c.r(0, b + 1));
        return List.of(
                new LinearClaim(Form.message(structure.hiddenSlot(V_Z))
                                .plus(Scalar.powerOfTwo(2 * b - 1))
                                .plus(Scalar.powerOfTwo(b - 1)))
                        .plus(ZI, Scalar.powerOfTwo(b), rows)
                        .plus(REM, rows),
                updateClaim(at),
                new LinearClaim(Form.message(structure.hiddenSlot(V_S)))
                        .plus(H, Weight.ones(li + lt))
                        .plus(HAUX, Weight.ones(lk + Limbs.VARS + lt)),
                new LinearClaim(Form.of(offW))
                        .plus(AUX, Weight.tensor(Weight.eq(at.rhoK), weightLimbs(0), Weight.unit(lt, 0)))
                        .plus(W_IN, Scalar.ONE.negate(), Weight.eq(at.rhoK)),
                new LinearClaim(Form.of(offW))
                        .plus(AUX, Weight.tensor(Weight.eq(at.rhoK), weightLimbs(5), Weight.unit(lt, (1 << lt) - 1)))
                        .plus(W_OUT, Scalar.ONE.negate(), Weight.eq(at.rhoK)),
                message("x1").plus(X, Weight.eq(Points.join(c.r(0, lk), at.rhoI, c.r(lk, lk + lb)))),
                new LinearClaim(Form.message(value("w1")).plus(Scalar.powerOfTwo(2 * b - 1)))
                        .plus(
                                AUX,
                                Weight.tensor(
                                        Weight.eq(c.r(0, lk)),
                                        Limbs.weight(1, 0, b),
                                        Weight.eq(Points.join(c.r(lk, lk + lb), rhoE(at))))),
                message("x2").plus(X, Weight.eq(Points.join(at.rhoK, rI, rBatch))),
                message("e2").plus(P, rowsAtR).plus(Y, Scalar.ONE.negate(), Weight.eq(Points.join(rI, rBatch))),
                message("h").plus(H, rowsAtR),
                message("d1", at.alpha.negate()).plus(REM, rowsAtR),
                message("d2", at.alpha.add(at.beta.square()).negate())
                        .plus(ZI, rowsAtR)
                        .plus(P, at.beta, rowsAtR),
                message("haux").plus(HAUX, auxAtR),
                message("d3", at.alpha.negate()).plus(AUX, auxAtR),
                message("mult").plus(MULT, tableAtR),
                message("ht").plus(HT, tableAtR),
                new LinearClaim(Form.of(c.clear(0))).plus(OUT, tableAtR));
    }

    private LinearClaim message(String name) {
        return new LinearClaim(Form.message(value(name)));
    }

    private LinearClaim message(String name, Scalar constant) {
        return new LinearClaim(Form.message(value(name)).plus(constant));
    }

    /** 2^{2b} (W - Wnext) + u - d W = c G + 2^{2b-1}, for all steps at once. */
    private LinearClaim updateClaim(Named at) {
        final Scalar scale = Scalar.powerOfTwo(2 * b);
        final Scalar d = Scalar.of(statement.d());
        final int steps = statement.shape().steps();
        final Weight features = Weight.eq(at.rhoK);
        Scalar last = Scalar.ONE;
        for (Scalar coordinate : at.rhoT) {
            last = last.mul(coordinate);
        }
        final Form value = Form.message(structure.hiddenSlot(V_G))
                .plus(Scalar.powerOfTwo(2 * b - 1))
                .plus(offW.mul(d).mul(Eq.below(at.rhoT, steps)).negate());
        return new LinearClaim(value)
                .plus(AUX, scale, Weight.tensor(features, weightLimbs(0), Weight.eq(at.rhoT)))
                .plus(AUX, scale.negate(), Weight.tensor(features, weightLimbs(0), Weight.successor(at.rhoT)))
                .plus(
                        AUX,
                        scale.mul(last).negate(),
                        Weight.tensor(features, weightLimbs(5), Weight.unit(lt, (1 << lt) - 1)))
                .plus(AUX, Weight.tensor(features, Limbs.weight(3, 0, b), Weight.eq(at.rhoT)))
                .plus(AUX, d.negate(), Weight.tensor(features, weightLimbs(0), Weight.eqBelow(steps, at.rhoT)));
    }

    /** The weight that reads a master weight from three limbs. */
    private Weight weightLimbs(int first) {
        return Limbs.weight(first, 0, b, 2 * b);
    }
}
