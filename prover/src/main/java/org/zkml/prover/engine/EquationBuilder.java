package org.zkml.prover.engine;

import java.util.List;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.PadEquation;

/**
 * Joins the verifier's equations by powers of eta into one affine function of the pads (docs/proof-system.md, sections 4.2 to 4.4). Used by
 * the verifier on the messages it read and by the prover on those it sent.
 */
final class EquationBuilder {

    private final Relation relation;
    private final Structure structure;
    private final Challenges challenges;
    private final PadEquation equation;

    private EquationBuilder(Relation relation, Challenges challenges, Scalar[] sent) {
        this.relation = relation;
        this.structure = relation.structure();
        this.challenges = challenges;
        this.equation = new PadEquation(sent);
    }

    /**
     * @param u the second sum-check's point
     * @param sent the padded messages by slot
     */
    static PadEquation build(
            Relation relation,
            Challenges challenges,
            List<LinearClaim> claims,
            Scalar lambda,
            Scalar[] u,
            Scalar eta,
            Scalar[] sent) {
        final EquationBuilder builder = new EquationBuilder(relation, challenges, sent);
        builder.addFirstSumcheck();
        Scalar power = eta;
        for (Form own : relation.equations()) {
            builder.add(own, power);
            power = power.mul(eta);
        }
        builder.addSecondSumcheck(claims, lambda, u, power);
        builder.equation.setTheta(power);
        return builder.equation;
    }

    private void add(Form form, Scalar scale) {
        equation.addConstant(scale.mul(form.constant()));
        for (Form.Linear term : form.linear()) {
            equation.addMessage(term.slot(), scale.mul(term.coefficient()));
        }
        for (Form.Product term : form.products()) {
            equation.addProduct(term.pair(), scale.mul(term.coefficient()));
        }
    }

    /** claim = sum_j gamma^j g_j(values) prod_{k >= v_j} (1 - r_k), with weight 1. */
    private void addFirstSumcheck() {
        final int n1 = structure.n1();
        final Scalar[] r = challenges.r();
        Scalar all = Scalar.ONE;
        for (int round = n1 - 1; round >= 0; round--) {
            final Scalar s = r[n1 - 1 - round];
            addRound(s, all, structure.firstSumcheckSlot(round, 0), new int[] {2, 3, 4});
            all = all.mul(s);
        }
        Scalar gammaPower = Scalar.ONE;
        for (int j = 0; j < structure.sums().size(); j++) {
            add(relation.sumClaim(j), gammaPower.mul(all));
            Scalar scale = gammaPower.negate();
            for (int k = structure.sums().get(j); k < n1; k++) {
                scale = scale.mul(Scalar.ONE.sub(r[k]));
            }
            add(relation.sumAtPoint(j, challenges), scale);
            gammaPower = gammaPower.mul(challenges.gamma());
        }
    }

    /** V = claim of the second sum-check, weighted; V's own coefficient is theta. */
    private void addSecondSumcheck(List<LinearClaim> claims, Scalar lambda, Scalar[] u, Scalar weight) {
        final int n2 = structure.n2();
        Scalar all = weight.negate();
        for (int round = n2 - 1; round >= 0; round--) {
            final Scalar s = u[n2 - 1 - round];
            addRound(s, all, structure.secondSumcheckSlot(round, 0), new int[] {2});
            all = all.mul(s);
        }
        for (LinearClaim claim : claims) {
            add(claim.value(), all);
            all = all.mul(lambda);
        }
    }

    /** The new claim {@code s claim + (1 - 2 s) c_0 + sum_d (s^d - s) c_d}, but for its first term. */
    private void addRound(Scalar s, Scalar scale, int slot, int[] degrees) {
        equation.addMessage(slot, scale.mul(Scalar.ONE.sub(s).sub(s)));
        for (int i = 0; i < degrees.length; i++) {
            equation.addMessage(slot + 1 + i, scale.mul(s.pow(degrees[i]).sub(s)));
        }
    }
}
