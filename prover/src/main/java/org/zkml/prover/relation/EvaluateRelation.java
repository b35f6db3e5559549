package org.zkml.prover.relation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
 * Relation EVALUATE (docs/proof-system.md, section 7a): hits and squared errors of a committed model on a registered data set. A regression has no column s, which is the class that
 * the model says, none of the sums HITS and TARGETS, and nothing that belongs to them.
 */
public final class EvaluateRelation implements Relation {

    private static final int V_Z = 0;
    private static final int V_S = 1;

    /** The sums, by what they are about; their numbers are their places in {@link #sums}. */
    enum Sum {
        LOGITS,
        ROWS,
        HITS,
        TARGETS,
        ERRORS,
        LIMBS,
        ENTRIES,
        TABLE_SIDE
    }

    private final EvaluateStatement statement;
    private final List<Sum> sums;
    private final Structure structure;
    private final int ln;
    private final int lk;
    private final int b;
    private final int auxVars;
    private final Scalar one; // the target of class 1

    public EvaluateRelation(EvaluateStatement statement) {
        this.statement = statement;
        sums = sums(statement);
        ln = statement.ln();
        lk = statement.lk();
        b = statement.b();
        auxVars = lk + Limbs.MODEL_VARS;
        one = Scalar.powerOfTwo(statement.fp());
        structure = new Structure(
                columns(),
                2,
                List.of(ln, lk, auxVars, b + 1),
                List.of("v_Z", "v_S"),
                sums.stream().map(this::numVars).toList(),
                values(),
                List.of("out"));
    }

    /** The sums of a statement's relation, in order. */
    static List<Sum> sums(EvaluateStatement statement) {
        return Stream.of(Sum.values())
                .filter(sum -> !statement.regression() || sum != Sum.HITS && sum != Sum.TARGETS)
                .toList();
    }

    private int numVars(Sum sum) {
        return switch (sum) {
            case LOGITS -> lk;
            case ROWS, HITS, TARGETS, ERRORS -> ln;
            case LIMBS -> auxVars;
            case ENTRIES, TABLE_SIDE -> b + 1;
        };
    }

    private List<ColumnSpec> columns() {
        final List<ColumnSpec> columns = new ArrayList<>(List.of(
                new ColumnSpec("X", lk + ln, Kind.EXTERNAL),
                new ColumnSpec("Y", ln, Kind.EXTERNAL),
                new ColumnSpec("W", lk, Kind.EXTERNAL),
                new ColumnSpec("out", b + 1, Kind.FIXED),
                new ColumnSpec("zi", ln, Kind.FIRST_PHASE),
                new ColumnSpec("rem", ln, Kind.FIRST_PHASE),
                new ColumnSpec("p", ln, Kind.FIRST_PHASE)));
        if (!statement.regression()) {
            columns.add(new ColumnSpec("s", ln, Kind.FIRST_PHASE));
        }
        columns.addAll(List.of(
                new ColumnSpec("aux", auxVars, Kind.FIRST_PHASE),
                new ColumnSpec("mult", b + 1, Kind.FIRST_PHASE),
                new ColumnSpec("h", ln, Kind.SECOND_PHASE),
                new ColumnSpec("haux", auxVars, Kind.SECOND_PHASE),
                new ColumnSpec("ht", b + 1, Kind.SECOND_PHASE)));
        return columns;
    }

    private List<String> values() {
        final List<String> values = new ArrayList<>(List.of("x1", "w1", "h", "d1", "hd", "d2"));
        if (!statement.regression()) {
            values.addAll(List.of("s", "y1", "y2", "y3"));
        }
        values.addAll(List.of("e1", "e2", "haux", "d3", "mult", "ht"));
        return values;
    }

    /** log2 of the largest table of a proof about 2^ln rows: how many powers its setup must have. */
    public static int variables(int ln, int lk, int b) {
        return Math.max(lk + Math.max(ln, Limbs.MODEL_VARS), b + 1);
    }

    /** The statement that this relation is about. */
    public EvaluateStatement statement() {
        return statement;
    }

    @Override
    public byte[] encodeStatement() {
        return statement.encode();
    }

    @Override
    public List<G1Affine> statementCommitments() {
        return List.of(statement.x(), statement.y(), statement.w(), statement.table());
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
    private record Named(Scalar alpha, Scalar beta, Scalar[] rhoI, Scalar[] rhoK, Scalar[] sigma, Scalar[] upsilon) {
        Named(Challenges c) {
            this(c.first(0), c.first(1), c.point(0), c.point(1), c.point(2), c.point(3));
        }
    }

    private int value(String name) {
        return structure.valueSlot(name);
    }

    private int column(String name) {
        return structure.column(name);
    }

    @Override
    public Form sumClaim(int sum) {
        return switch (sums.get(sum)) {
            case LOGITS -> Form.message(structure.hiddenSlot(V_Z));
            case HITS -> Form.of(one.mul(Scalar.of(2 * statement.hits() - statement.n())));
            case ERRORS -> Form.of(Scalar.of(statement.squaredErrorSum()));
            case TABLE_SIDE -> Form.message(structure.hiddenSlot(V_S));
            case ROWS, TARGETS, LIMBS, ENTRIES -> new Form();
        };
    }

    @Override
    public Form sumAtPoint(int sum, Challenges c) {
        final Named at = new Named(c);
        return switch (sums.get(sum)) {
            case LOGITS -> new Form().plusProduct(Scalar.ONE, value("x1"), value("w1"));
            case ROWS -> {
                final Scalar eq = Eq.at(at.rhoI, c.r(0, ln));
                yield new Form()
                        .plusProduct(eq, value("hd"), value("d2"))
                        .plus(eq.negate(), value("d1"))
                        .plus(eq.negate(), value("d2"));
            }
            case HITS -> {
                final Scalar below = Eq.below(c.r(0, ln), statement.n());
                yield new Form()
                        .plusProduct(below.add(below), value("s"), value("y1"))
                        .plus(below.mul(one).negate(), value("s"));
            }
            case TARGETS -> {
                final Scalar eq = Eq.at(at.rhoI, c.r(0, ln));
                yield new Form()
                        .plusProduct(eq, value("y2"), value("y3"))
                        .plus(eq.mul(one).negate(), value("y2"));
            }
            case ERRORS -> new Form().plusProduct(Eq.below(c.r(0, ln), statement.n()), value("e1"), value("e2"));
            case LIMBS -> {
                final Scalar eq = Eq.at(at.sigma, c.r(0, auxVars));
                yield Form.of(eq.negate()).plusProduct(eq, value("haux"), value("d3"));
            }
            case ENTRIES -> {
                final Scalar[] r = c.r(0, b + 1);
                final Scalar eq = Eq.at(at.upsilon, r);
                yield Form.of(eq.negate()).plus(eq.mul(entry(at, r, c.clear(0))), value("ht"));
            }
            case TABLE_SIDE -> new Form().plusProduct(Scalar.ONE, value("mult"), value("ht"));
        };
    }

    /** The table's denominator at a point: its last variable is the tag, the one before it says the class. */
    private Scalar entry(Named at, Scalar[] r, Scalar out) {
        final Scalar entry = at.alpha
                .add(Points.index(Arrays.copyOf(r, b)))
                .add(at.beta.mul(out))
                .add(at.beta.square().mul(r[b]));
        final Scalar sign = r[b - 1].add(r[b - 1]).sub(Scalar.ONE);
        return statement.regression()
                ? entry
                : entry.add(at.beta.pow(3).mul(r[b]).mul(sign));
    }

    @Override
    public List<Form> equations() {
        return List.of(Form.message(value("hd")).plusProduct(Scalar.ONE.negate(), value("h"), value("d1")));
    }

    @Override
    public List<LinearClaim> linearClaims(Challenges c) {
        final Named at = new Named(c);
        final Weight rowAtR = Weight.eq(c.r(0, ln));
        final Weight auxAtR = Weight.eq(c.r(0, auxVars));
        final Weight tableAtR = Weight.eq(c.r(0, b + 1));
        final List<LinearClaim> claims = new ArrayList<>(modelClaims(at, c.r(0, lk)));
        claims.add(message("h").plus(column("h"), rowAtR));
        claims.add(message("d1", at.alpha.negate()).plus(column("rem"), rowAtR));
        final LinearClaim d2 = message("d2", at.alpha.add(at.beta.square()).negate())
                .plus(column("zi"), rowAtR)
                .plus(column("p"), at.beta, rowAtR);
        if (statement.regression()) {
            claims.add(d2);
        } else {
            claims.add(d2.plus(column("s"), at.beta.pow(3), rowAtR));
            claims.add(message("s").plus(column("s"), rowAtR));
            claims.add(message("y1").plus(column("Y"), rowAtR));
            claims.add(message("y2").plus(column("Y"), rowAtR));
            claims.add(message("y3").plus(column("Y"), rowAtR));
        }
        for (String error : List.of("e1", "e2")) {
            claims.add(message(error).plus(column("p"), rowAtR).plus(column("Y"), Scalar.ONE.negate(), rowAtR));
        }
        claims.add(message("haux").plus(column("haux"), auxAtR));
        claims.add(message("d3", at.alpha.negate()).plus(column("aux"), auxAtR));
        claims.add(message("mult").plus(column("mult"), tableAtR));
        claims.add(message("ht").plus(column("ht"), tableAtR));
        claims.add(new LinearClaim(Form.of(c.clear(0))).plus(column("out"), tableAtR));
        return claims;
    }

    /** Claims 0 to 4: the logits, the model's limbs, the lookups' sum, and the values of the first sum. */
    private List<LinearClaim> modelClaims(Named at, Scalar[] rK) {
        final Weight rows = Weight.eq(at.rhoI);
        final Weight features = Weight.eq(at.rhoK);
        final Scalar offW = Scalar.powerOfTwo(3 * b - 1).add(Scalar.powerOfTwo(b - 1));
        return List.of(
                new LinearClaim(Form.message(structure.hiddenSlot(V_Z))
                                .plus(Scalar.powerOfTwo(2 * b - 1))
                                .plus(Scalar.powerOfTwo(b - 1)))
                        .plus(column("zi"), Scalar.powerOfTwo(b), rows)
                        .plus(column("rem"), rows),
                new LinearClaim(Form.of(offW))
                        .plus(column("aux"), Weight.tensor(features, Limbs.ofModel(0, 0, b, 2 * b)))
                        .plus(column("W"), Scalar.ONE.negate(), features),
                new LinearClaim(Form.message(structure.hiddenSlot(V_S)))
                        .plus(column("h"), Weight.ones(ln))
                        .plus(column("haux"), Weight.ones(auxVars)),
                message("x1").plus(column("X"), Weight.eq(Points.join(rK, at.rhoI))),
                message("w1", Scalar.powerOfTwo(2 * b - 1))
                        .plus(column("aux"), Weight.tensor(Weight.eq(rK), Limbs.ofModel(1, 0, b))));
    }

    private LinearClaim message(String name) {
        return new LinearClaim(Form.message(value(name)));
    }

    private LinearClaim message(String name, Scalar constant) {
        return new LinearClaim(Form.message(value(name)).plus(constant));
    }
}
