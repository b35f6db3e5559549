package org.zkml.prover.relation;

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
 * Relation DATASET (docs/proof-system.md, section 7): every entry is in signed b bits, column 0 is the intercept in the rows with data, and
 * everything outside n rows and feat columns is zero.
 */
public final class DatasetRelation implements Relation {

    private static final int X = 0;
    private static final int Y = 1;
    private static final int MULT = 2;
    private static final int HX = 3;
    private static final int HY = 4;
    private static final int HT = 5;

    private final DatasetStatement statement;
    private final Structure structure;
    private final int ln;
    private final int lk;
    private final int b;

    public DatasetRelation(DatasetStatement statement) {
        this.statement = statement;
        ln = statement.ln();
        lk = statement.lk();
        b = statement.b();
        structure = new Structure(
                List.of(
                        new ColumnSpec("X", lk + ln, Kind.EXTERNAL),
                        new ColumnSpec("Y", ln, Kind.EXTERNAL),
                        new ColumnSpec("mult", b, Kind.FIRST_PHASE),
                        new ColumnSpec("hx", lk + ln, Kind.SECOND_PHASE),
                        new ColumnSpec("hy", ln, Kind.SECOND_PHASE),
                        new ColumnSpec("ht", b, Kind.SECOND_PHASE)),
                1,
                List.of(ln, lk, b),
                List.of("v_S"),
                List.of(lk + ln, ln, b, b),
                List.of("hx", "d1", "hy", "d2", "mult", "ht"),
                List.of());
    }

    /** The statement that this relation is about. */
    public DatasetStatement statement() {
        return statement;
    }

    @Override
    public byte[] encodeStatement() {
        return statement.encode();
    }

    @Override
    public List<G1Affine> statementCommitments() {
        return List.of(statement.x(), statement.y());
    }

    @Override
    public VerifierKey verifierKey() {
        return statement.key();
    }

    @Override
    public Structure structure() {
        return structure;
    }

    private int value(String name) {
        return structure.valueSlot(name);
    }

    @Override
    public Form sumClaim(int sum) {
        return sum == 3 ? Form.message(structure.hiddenSlot(0)) : new Form();
    }

    @Override
    public Form sumAtPoint(int sum, Challenges c) {
        return switch (sum) {
            case 0 -> {
                final Scalar eq = Eq.at(Points.join(c.point(1), c.point(0)), c.r(0, lk + ln));
                yield Form.of(eq.negate()).plusProduct(eq, value("hx"), value("d1"));
            }
            case 1 -> {
                final Scalar eq = Eq.at(c.point(0), c.r(0, ln));
                yield Form.of(eq.negate()).plusProduct(eq, value("hy"), value("d2"));
            }
            case 2 -> {
                final Scalar[] r = c.r(0, b);
                final Scalar eq = Eq.at(c.point(2), r);
                yield Form.of(eq.negate()).plus(eq.mul(c.first(0).add(Points.index(r))), value("ht"));
            }
            case 3 -> new Form().plusProduct(Scalar.ONE, value("mult"), value("ht"));
            default -> throw new IllegalArgumentException("no sum " + sum);
        };
    }

    @Override
    public List<Form> equations() {
        return List.of();
    }

    @Override
    public List<LinearClaim> linearClaims(Challenges c) {
        final Scalar[] rhoRow = c.point(0);
        final Scalar[] rhoK = c.point(1);
        final Scalar minusOffset = c.first(0).add(Scalar.powerOfTwo(b - 1)).negate();
        final Weight cellAtR = Weight.eq(c.r(0, lk + ln));
        final Weight rowAtR = Weight.eq(c.r(0, ln));
        final Weight entryAtR = Weight.eq(c.r(0, b));
        final Scalar minusOne = Scalar.ONE.negate();
        return List.of(
                new LinearClaim(Form.of(Scalar.powerOfTwo(b - 4).mul(Eq.below(rhoRow, statement.n()))))
                        .plus(X, Weight.tensor(Weight.unit(lk, 0), Weight.eq(rhoRow))),
                new LinearClaim(new Form())
                        .plus(X, Weight.tensor(Weight.eq(rhoK), Weight.eq(rhoRow)))
                        .plus(
                                X,
                                minusOne,
                                Weight.tensor(
                                        Weight.eqBelow(statement.feat(), rhoK), Weight.eqBelow(statement.n(), rhoRow))),
                new LinearClaim(new Form())
                        .plus(Y, Weight.eq(rhoRow))
                        .plus(Y, minusOne, Weight.eqBelow(statement.n(), rhoRow)),
                new LinearClaim(Form.message(structure.hiddenSlot(0)))
                        .plus(HX, Weight.ones(lk + ln))
                        .plus(HY, Weight.ones(ln)),
                new LinearClaim(Form.message(value("hx"))).plus(HX, cellAtR),
                new LinearClaim(Form.message(value("d1")).plus(minusOffset)).plus(X, cellAtR),
                new LinearClaim(Form.message(value("hy"))).plus(HY, rowAtR),
                new LinearClaim(Form.message(value("d2")).plus(minusOffset)).plus(Y, rowAtR),
                new LinearClaim(Form.message(value("mult"))).plus(MULT, entryAtR),
                new LinearClaim(Form.message(value("ht"))).plus(HT, entryAtR));
    }
}
