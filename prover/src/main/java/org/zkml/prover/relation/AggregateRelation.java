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
 * Relation AGGREGATE (docs/proof-system.md, section 7a): the next model is the weighted average of the round's, rounded half up, and in range.
 */
public final class AggregateRelation implements Relation {

    private static final int S = 0;
    private static final int W_NEXT = 1;
    private static final int AUX = 2;
    private static final int MULT = 3;
    private static final int HAUX = 4;
    private static final int HT = 5;

    private final AggregateStatement statement;
    private final Structure structure;
    private final int auxVars;
    private final int b;

    public AggregateRelation(AggregateStatement statement) {
        this.statement = statement;
        final int lk = statement.lk();
        auxVars = lk + Limbs.VARS;
        b = statement.b();
        structure = new Structure(
                List.of(
                        new ColumnSpec("S", lk, Kind.EXTERNAL),
                        new ColumnSpec("W_next", lk, Kind.EXTERNAL),
                        new ColumnSpec("aux", auxVars, Kind.FIRST_PHASE),
                        new ColumnSpec("mult", b, Kind.FIRST_PHASE),
                        new ColumnSpec("haux", auxVars, Kind.SECOND_PHASE),
                        new ColumnSpec("ht", b, Kind.SECOND_PHASE)),
                1,
                List.of(lk, auxVars, b),
                List.of("v_S"),
                List.of(auxVars, b, b),
                List.of("haux", "d", "mult", "ht"),
                List.of());
    }

    /** The statement that this relation is about. */
    public AggregateStatement statement() {
        return statement;
    }

    @Override
    public byte[] encodeStatement() {
        return statement.encode();
    }

    @Override
    public List<G1Affine> statementCommitments() {
        return List.of(statement.sum(), statement.next());
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
        return sum == 2 ? Form.message(structure.hiddenSlot(0)) : new Form();
    }

    @Override
    public Form sumAtPoint(int sum, Challenges c) {
        return switch (sum) {
            case 0 -> {
                final Scalar eq = Eq.at(c.point(1), c.r(0, auxVars));
                yield Form.of(eq.negate()).plusProduct(eq, value("haux"), value("d"));
            }
            case 1 -> {
                final Scalar[] r = c.r(0, b);
                final Scalar eq = Eq.at(c.point(2), r);
                yield Form.of(eq.negate()).plus(eq.mul(c.first(0).add(Points.index(r))), value("ht"));
            }
            case 2 -> new Form().plusProduct(Scalar.ONE, value("mult"), value("ht"));
            default -> throw new IllegalArgumentException("no sum " + sum);
        };
    }

    @Override
    public List<Form> equations() {
        return List.of();
    }

    @Override
    public List<LinearClaim> linearClaims(Challenges c) {
        final Weight features = Weight.eq(c.point(0));
        final Weight limbAtR = Weight.eq(c.r(0, auxVars));
        final Weight entryAtR = Weight.eq(c.r(0, b));
        final Scalar minusOne = Scalar.ONE.negate();
        final Scalar n = Scalar.of(statement.weightTotal());
        final Scalar offW = Scalar.powerOfTwo(3 * b - 1).add(Scalar.powerOfTwo(b - 1));
        return List.of(
                new LinearClaim(Form.of(offW))
                        .plus(AUX, Weight.tensor(features, Limbs.weight(0, 0, b, 2 * b)))
                        .plus(W_NEXT, minusOne, features),
                new LinearClaim(Form.of(Scalar.of(statement.weightTotal() / 2)))
                        .plus(W_NEXT, n, features)
                        .plus(AUX, Weight.tensor(features, Limbs.weight(3, 0, b)))
                        .plus(S, minusOne, features),
                new LinearClaim(Form.of(n.sub(Scalar.ONE)))
                        .plus(AUX, Weight.tensor(features, Limbs.weight(3, 0, b, 0, b))),
                new LinearClaim(Form.message(structure.hiddenSlot(0))).plus(HAUX, Weight.ones(auxVars)),
                new LinearClaim(Form.message(value("haux"))).plus(HAUX, limbAtR),
                new LinearClaim(Form.message(value("d")).plus(c.first(0).negate())).plus(AUX, limbAtR),
                new LinearClaim(Form.message(value("mult"))).plus(MULT, entryAtR),
                new LinearClaim(Form.message(value("ht"))).plus(HT, entryAtR));
    }
}
