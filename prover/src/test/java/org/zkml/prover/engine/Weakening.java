package org.zkml.prover.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.pairing.Pairing;

/** A verifier without some of the engine's checks (docs/proof-system.md, section 4), for attacks to succeed against. */
public final class Weakening {

    /** What can be dropped. */
    public enum Part {
        /** The first of the combined equations: the first sum-check's final one. */
        FIRST_EQUATION,
        /** The last of them: V = claim of the second sum-check. */
        LAST_EQUATION,
        /** Line 1 of P1: Zeromorph's identity. */
        IDENTITY,
        /** Line 2: the equations about the pads. */
        PADS,
        /** In line 2, a B - C: that the c_j are products. */
        PRODUCTS,
        /** Line 3: A(x) = a. */
        EVALUATION,
        /** Line 4: the degrees. */
        DEGREES,
        /** P2: g(1/x) = e. */
        SECOND_POINT
    }

    private static final List<Part> LINES = List.of(Part.IDENTITY, Part.PADS, Part.EVALUATION, Part.DEGREES);

    /** Lines by their values at z = 0, 1, 2, 3: row i gives the coefficient of z^i. */
    private static final Scalar[][] INTERPOLATION = interpolation();

    private final Set<Part> dropped;

    private Weakening(Set<Part> dropped) {
        this.dropped = dropped;
    }

    public static Weakening none() {
        return new Weakening(EnumSet.noneOf(Part.class));
    }

    public static Weakening without(Part first, Part... others) {
        return new Weakening(EnumSet.of(first, others));
    }

    boolean keeps(Part part) {
        return !dropped.contains(part);
    }

    private static Scalar[][] interpolation() {
        final Scalar half = Scalar.of(2).inverse();
        final Scalar[] cubic = scale(Scalar.of(6).inverse(), -1, 3, -3, 1);
        final Scalar[] square = Univariate.add(scale(half, 1, -2, 1, 0), Univariate.scale(cubic, Scalar.of(-3)));
        final Scalar[] linear = Univariate.subtract(scale(Scalar.ONE, -1, 1, 0, 0), Univariate.add(square, cubic));
        return new Scalar[][] {scale(Scalar.ONE, 1, 0, 0, 0), linear, square, cubic};
    }

    private static Scalar[] scale(Scalar factor, long... values) {
        return Arrays.stream(values).mapToObj(Scalar::of).map(factor::mul).toArray(Scalar[]::new);
    }

    /** What P1 is with the value z if its lines are those kept, as factors of what it is with 0, 1, 2, 3. */
    private Scalar[] nodeFactors(Scalar z) {
        Scalar[] factors = Univariate.zeros(4);
        Scalar power = Scalar.ONE;
        for (int line = 0; line < 4; line++) {
            if (keeps(LINES.get(line))) {
                factors = Univariate.add(factors, Univariate.scale(INTERPOLATION[line], power));
            }
            power = power.mul(z);
        }
        return factors;
    }

    /** P1 of the lines that are kept. */
    SlowProver.Committed combine(Scalar z, Function<Scalar, SlowProver.Committed> p1) {
        final Scalar[] factors = nodeFactors(z);
        Scalar[] sum = Univariate.zeros(1);
        Scalar blinder = Scalar.ZERO;
        for (int node = 0; node < 4; node++) {
            final SlowProver.Committed at = p1.apply(Scalar.of(node));
            sum = Univariate.add(sum, Univariate.scale(at.coefficients(), factors[node]));
            blinder = blinder.add(factors[node].mul(at.blinder()));
        }
        return new SlowProver.Committed(sum, blinder);
    }

    /** The combined equation without the dropped ones. */
    PadEquation equation(
            Relation relation,
            Challenges challenges,
            List<LinearClaim> claims,
            Scalar lambda,
            Scalar[] u,
            Scalar eta,
            Scalar[] sent) {
        final LongFunction<Scalar[]> at =
                node -> flat(EquationBuilder.build(relation, challenges, claims, lambda, u, Scalar.of(node), sent));
        final int last = relation.equations().size() + 1;
        if (last > 2) {
            throw new IllegalArgumentException("at most three equations, not " + (last + 1));
        }
        final Scalar[] zero = at.apply(0);
        final Scalar[] one = at.apply(1);
        final Scalar[] two = at.apply(2);
        final Scalar[] secondDifference = Univariate.add(two, Univariate.scale(one, Scalar.of(-2)), zero);
        final Scalar[] square = Univariate.scale(secondDifference, Scalar.of(2).inverse());
        final Scalar[] linear = Univariate.subtract(Univariate.subtract(one, zero), square);
        final Scalar[][] equations = {zero, linear, square};
        Scalar[] sum = Univariate.zeros(zero.length);
        for (int i = 0; i < 3; i++) {
            final boolean drop = i == 0 && !keeps(Part.FIRST_EQUATION) || i == last && !keeps(Part.LAST_EQUATION);
            if (!drop) {
                sum = Univariate.add(sum, Univariate.scale(equations[i], eta.pow(i)));
            }
        }
        return unflat(sum);
    }

    private static Scalar[] flat(PadEquation equation) {
        final Scalar[] all = new Scalar[2 + 3 * Pad.ORDER];
        all[0] = equation.constant();
        all[1] = equation.theta();
        System.arraycopy(equation.weightsA(), 0, all, 2, Pad.ORDER);
        System.arraycopy(equation.weightsB(), 0, all, 2 + Pad.ORDER, Pad.ORDER);
        System.arraycopy(equation.weightsC(), 0, all, 2 + 2 * Pad.ORDER, Pad.ORDER);
        return all;
    }

    private static PadEquation unflat(Scalar... all) {
        final PadEquation equation = new PadEquation(Univariate.zeros(Pad.SLOTS));
        equation.addConstant(all[0]);
        equation.setTheta(all[1]);
        for (int j = 0; j < Pad.ORDER; j++) {
            // of messages that were sent as 0, nothing but the weights is left
            equation.addMessage(2 * j, all[2 + j].negate());
            equation.addMessage(2 * j + 1, all[2 + Pad.ORDER + j].negate());
            equation.addProduct(j, all[2 + 2 * Pad.ORDER + j]);
        }
        return equation;
    }

    /** Whether the weakened verifier accepts. */
    public boolean accepts(Relation relation, VerifierKey key, byte[] proof) throws MalformedProofException {
        final ReceivedProof p = new ReceivedProof(relation, proof);
        final List<LinearClaim> claims = relation.linearClaims(p.challenges);
        final PadEquation equation = equation(relation, p.challenges, claims, p.lambda, p.u, p.eta, p.sent);
        final Scalar[] weights = ColumnWeights.at(relation.structure(), claims, p.lambda, p.u);
        final G1Affine tail = p.pi1.mul(p.x)
                .add(p.pi2.mul(p.w.mul(p.x.inverse())))
                .add(p.g.mul(p.w))
                .add(G1Affine.GENERATOR.mul(p.w.mul(p.e)).negate());
        final Scalar[] factors = nodeFactors(p.z);
        G1Affine left = keeps(Part.SECOND_POINT) ? tail : p.pi1.mul(p.x);
        for (int node = 0; node < 4; node++) {
            final OpeningCoefficients p1 = new OpeningCoefficients(
                    relation.structure(),
                    weights,
                    equation,
                    new OpeningCoefficients.Point(p.u, p.kappa, p.y, p.x, p.a, p.e, Scalar.of(node)));
            final G1Affine at = new OpeningSum(relation, p, p1).value().add(tail.negate());
            left = left.add(at.mul(factors[node]));
        }
        if (!keeps(Part.PRODUCTS)) {
            final G1Affine products = p.pads[1].mul(p.a).add(p.pads[2].negate());
            left = left.add(products.mul(p.z).negate());
        }
        final G1Affine withTau = keeps(Part.SECOND_POINT) ? p.pi1.add(p.pi2.mul(p.w)) : p.pi1;
        return Pairing.productIsOne(
                List.of(left, withTau.negate(), p.delta.negate()), List.of(G2Affine.GENERATOR, key.tau2(), key.xi2()));
    }
}
