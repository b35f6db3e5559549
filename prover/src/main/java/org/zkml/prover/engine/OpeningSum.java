package org.zkml.prover.engine;

import java.util.ArrayList;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.LinearCombination;
import org.zkml.prover.field.Scalar;

/**
 * The point that is paired with [1]_2, {@code P1 + x pi_1 + w (P2 + pi_2 / x)}, as a sum of multiples of the proof's and the statement's points
 * (docs/proof-system.md, section 4.4).
 */
final class OpeningSum {

    private final List<G1Affine> points = new ArrayList<>();
    private final List<Scalar> factors = new ArrayList<>();

    /** @param p1 the factors of P1 */
    OpeningSum(Relation relation, ReceivedProof proof, OpeningCoefficients p1) {
        addColumns(relation, proof, p1);
        for (int k = 0; k < proof.quotients.length; k++) {
            add(proof.quotients[k], p1.quotients[k]);
        }
        add(proof.v, p1.v);
        add(proof.nu, p1.nu);
        add(proof.pads[0], p1.a);
        add(proof.pads[1], p1.b);
        add(proof.pads[2], p1.c);
        add(proof.r, p1.r);
        add(proof.bigQ, p1.bigQ);
        // w P2 = w (g - e)
        add(proof.g, proof.w);
        add(G1Affine.GENERATOR, p1.one.sub(proof.w.mul(proof.e)));
        add(proof.pi1, proof.x);
        add(proof.pi2, proof.w.mul(proof.x.inverse()));
    }

    private void addColumns(Relation relation, ReceivedProof proof, OpeningCoefficients p1) {
        final List<ColumnSpec> columns = relation.structure().columns();
        final List<G1Affine> known = relation.statementCommitments();
        int nextKnown = 0;
        int nextFirst = 0;
        int nextSecond = 0;
        for (int j = 0; j < columns.size(); j++) {
            final G1Affine commitment = switch (columns.get(j).kind()) {
                case FIXED, EXTERNAL -> known.get(nextKnown++);
                case FIRST_PHASE -> proof.firstPhase[nextFirst++];
                case SECOND_PHASE -> proof.secondPhase[nextSecond++];
            };
            add(commitment, p1.columns[j]);
        }
    }

    private void add(G1Affine point, Scalar factor) {
        points.add(point);
        factors.add(factor);
    }

    G1Affine value() {
        return LinearCombination.of(points, factors).toAffine();
    }
}
