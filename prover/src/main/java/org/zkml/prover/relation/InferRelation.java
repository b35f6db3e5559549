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

/**
 * Relation INFER (docs/proof-system.md, section 7a): the committed predictions are those of the committed model about the committed rows, whose entries are in signed b bits.
 */
public final class InferRelation implements Relation {

    private static final int X = 0;
    private static final int W = 1;
    private static final int P = 2;
    private static final int OUT = 3;
    private static final int ZI = 4;
    private static final int REM = 5;
    private static final int AUX = 6;
    private static final int MULT = 7;
    private static final int H = 8;
    private static final int HX = 9;
    private static final int HAUX = 10;
    private static final int HT = 11;

    private static final int V_Z = 0;
    private static final int V_S = 1;

    private final InferStatement statement;
    private final Structure structure;
    private final int lq;
    private final int lk;
    private final int b;
    private final int auxVars;

    public InferRelation(InferStatement statement) {
        this.statement = statement;
        lq = statement.lq();
        lk = statement.lk();
        b = statement.b();
        auxVars = lk + Limbs.MODEL_VARS;
        structure = new Structure(
                List.of(
                        new ColumnSpec("X", lk + lq, Kind.EXTERNAL),
                        new ColumnSpec("W", lk, Kind.EXTERNAL),
                        new ColumnSpec("P", lq, Kind.EXTERNAL),
                        new ColumnSpec("out", b + 1, Kind.FIXED),
                        new ColumnSpec("zi", lq, Kind.FIRST_PHASE),
                        new ColumnSpec("rem", lq, Kind.FIRST_PHASE),
                        new ColumnSpec("aux", auxVars, Kind.FIRST_PHASE),
                        new ColumnSpec("mult", b + 1, Kind.FIRST_PHASE),
                        new ColumnSpec("h", lq, Kind.SECOND_PHASE),
                        new ColumnSpec("hx", lk + lq, Kind.SECOND_PHASE),
                        new ColumnSpec("haux", auxVars, Kind.SECOND_PHASE),
                        new ColumnSpec("ht", b + 1, Kind.SECOND_PHASE)),
                2,
                List.of(lq, lk, auxVars, b + 1),
                List.of("v_Z", "v_S"),
                List.of(lk, lq, lk + lq, auxVars, b + 1, b + 1),
                List.of("x1", "w1", "h", "d1", "hd", "d2", "hx", "dx", "haux", "d3", "mult", "ht"),
                List.of("out"));
    }

    /** log2 of the largest table of a proof about 2^lq rows: how many powers its setup must have. */
    public static int variables(int lq, int lk, int b) {
        return Math.max(lk + Math.max(lq, Limbs.MODEL_VARS), b + 1);
    }

    /** The statement that this relation is about. */
    public InferStatement statement() {
        return statement;
    }

    @Override
    public byte[] encodeStatement() {
        return statement.encode();
    }

    @Override
    public List<G1Affine> statementCommitments() {
        return List.of(statement.x(), statement.w(), statement.p(), statement.table());
    }

    @Override
    public VerifierKey verifierKey() {
        return statement.key();
    }

    @Override
    public Structure structure() {
        return structure;
    }

    /** The challenges under the names of section 7a. */
    private record Named(Scalar alpha, Scalar beta, Scalar[] rhoQ, Scalar[] rhoK, Scalar[] sigma, Scalar[] upsilon) {
        Named(Challenges c) {
            this(c.first(0), c.first(1), c.point(0), c.point(1), c.point(2), c.point(3));
        }
    }

    private int value(String name) {
        return structure.valueSlot(name);
    }

    @Override
    public Form sumClaim(int sum) {
        return switch (sum) {
            case 0 -> Form.message(structure.hiddenSlot(V_Z));
            case 5 -> Form.message(structure.hiddenSlot(V_S));
            default -> new Form();
        };
    }

    @Override
    public Form sumAtPoint(int sum, Challenges c) {
        final Named at = new Named(c);
        return switch (sum) {
            case 0 -> new Form().plusProduct(Scalar.ONE, value("x1"), value("w1"));
            case 1 -> {
                final Scalar eq = Eq.at(at.rhoQ, c.r(0, lq));
                yield new Form()
                        .plusProduct(eq, value("hd"), value("d2"))
                        .plus(eq.negate(), value("d1"))
                        .plus(eq.negate(), value("d2"));
            }
            case 2 -> {
                final Scalar eq = Eq.at(Points.join(at.rhoK, at.rhoQ), c.r(0, lk + lq));
                yield Form.of(eq.negate()).plusProduct(eq, value("hx"), value("dx"));
            }
            case 3 -> {
                final Scalar eq = Eq.at(at.sigma, c.r(0, auxVars));
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
        final Weight queries = Weight.eq(at.rhoQ);
        final Weight features = Weight.eq(at.rhoK);
        final Weight queryAtR = Weight.eq(c.r(0, lq));
        final Weight cellAtR = Weight.eq(c.r(0, lk + lq));
        final Weight auxAtR = Weight.eq(c.r(0, auxVars));
        final Weight tableAtR = Weight.eq(c.r(0, b + 1));
        final Scalar offW = Scalar.powerOfTwo(3 * b - 1).add(Scalar.powerOfTwo(b - 1));
        return List.of(
                new LinearClaim(Form.message(structure.hiddenSlot(V_Z))
                                .plus(Scalar.powerOfTwo(2 * b - 1))
                                .plus(Scalar.powerOfTwo(b - 1)))
                        .plus(ZI, Scalar.powerOfTwo(b), queries)
                        .plus(REM, queries),
                new LinearClaim(Form.of(offW))
                        .plus(AUX, Weight.tensor(features, Limbs.ofModel(0, 0, b, 2 * b)))
                        .plus(W, Scalar.ONE.negate(), features),
                new LinearClaim(Form.message(structure.hiddenSlot(V_S)))
                        .plus(H, Weight.ones(lq))
                        .plus(HX, Weight.ones(lk + lq))
                        .plus(HAUX, Weight.ones(auxVars)),
                message("x1").plus(X, Weight.eq(Points.join(c.r(0, lk), at.rhoQ))),
                message("w1", Scalar.powerOfTwo(2 * b - 1))
                        .plus(AUX, Weight.tensor(Weight.eq(c.r(0, lk)), Limbs.ofModel(1, 0, b))),
                message("h").plus(H, queryAtR),
                message("d1", at.alpha.negate()).plus(REM, queryAtR),
                message("d2", at.alpha.add(at.beta.square()).negate())
                        .plus(ZI, queryAtR)
                        .plus(P, at.beta, queryAtR),
                message("hx").plus(HX, cellAtR),
                message("dx", at.alpha.add(Scalar.powerOfTwo(b - 1)).negate()).plus(X, cellAtR),
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
}
