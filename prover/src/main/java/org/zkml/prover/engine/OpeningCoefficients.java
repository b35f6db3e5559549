package org.zkml.prover.engine;

import org.zkml.prover.engine.ColumnSpec.Kind;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.pad.PadEquation;

/**
 * P1 of docs/proof-system.md, section 4.4, as a linear combination of the committed polynomials: its four lines, joined by powers of z. Prover and
 * verifier both build P1 from it.
 */
final class OpeningCoefficients {

    /** Factor of every column. */
    final Scalar[] columns;
    /** Factors of q_0 .. q_{n2-1}. */
    final Scalar[] quotients;

    final Scalar v;
    final Scalar nu;
    final Scalar a;
    final Scalar b;
    final Scalar c;
    final Scalar r;
    final Scalar bigQ;
    /** The constant term of P1, the factor of the generator. */
    final Scalar one;

    /** The challenges and clear values of the opening. */
    record Point(Scalar[] u, Scalar kappa, Scalar y, Scalar x, Scalar a, Scalar e, Scalar z) {}

    OpeningCoefficients(Structure structure, Scalar[] columnWeights, PadEquation equation, Point at) {
        final int n2 = structure.n2();
        final Scalar x = at.x;
        final Scalar xInverse = x.inverse();
        final Scalar z2 = at.z.square();
        final Scalar z3 = z2.mul(at.z);
        // x^{2^k} and x^{-(2^k - 1)}
        final Scalar[] squares = new Scalar[n2 + 1];
        final Scalar[] lowering = new Scalar[n2 + 1];
        squares[0] = x;
        lowering[0] = Scalar.ONE;
        Scalar inverseSquare = xInverse;
        for (int k = 0; k < n2; k++) {
            squares[k + 1] = squares[k].square();
            lowering[k + 1] = lowering[k].mul(inverseSquare);
            inverseSquare = inverseSquare.square();
        }
        quotients = new Scalar[n2];
        // phi = Phi_{n2-k}(x^{2^k}) = prod_{j >= k} (1 + x^{2^j})
        Scalar phi = Scalar.ONE;
        for (int k = n2 - 1; k >= 0; k--) {
            final Scalar higher = phi;
            phi = phi.mul(Scalar.ONE.add(squares[k]));
            quotients[k] = at.u[k].mul(phi).sub(squares[k].mul(higher));
        }
        Scalar power = z3;
        for (int k = 0; k < n2; k++) {
            quotients[k] = quotients[k].add(power.mul(lowering[k]));
            power = power.mul(at.y);
        }
        final Scalar rDegree = power.mul(xInverse.pow(Pad.ORDER - 2L));
        power = power.mul(at.y);
        final Scalar vDegree = power;
        power = power.mul(at.y);
        nu = power;
        power = power.mul(at.y);
        columns = columnWeights.clone();
        for (int j : structure.columnsOf(Kind.EXTERNAL)) {
            columns[j] =
                    columns[j].add(power.mul(lowering[structure.columns().get(j).numVars()]));
            power = power.mul(at.y);
        }

        final Scalar[] lagrange = Pad.lagrange(x);
        final Scalar zKappa = at.z.mul(at.kappa);
        final Scalar weightA = inner(equation.weightsA(), lagrange);
        v = zKappa.mul(equation.theta()).mul(Pad.orderInverse()).sub(phi).add(vDegree);
        a = z2;
        b = at.z.mul(at.a).add(zKappa.mul(inner(equation.weightsB(), lagrange)));
        c = zKappa.mul(inner(equation.weightsC(), lagrange)).sub(at.z);
        r = rDegree.sub(zKappa.mul(x));
        bigQ = at.z.mul(Pad.vanishing(x)).negate();
        one = zKappa.mul(at.a.mul(weightA).add(equation.constant().mul(Pad.orderInverse())))
                .sub(z2.mul(at.a))
                .sub(z3.mul(at.e));
    }

    private static Scalar inner(Scalar[] weights, Scalar[] values) {
        Scalar sum = Scalar.ZERO;
        for (int i = 0; i < weights.length; i++) {
            if (!weights[i].isZero()) {
                sum = sum.add(weights[i].mul(values[i]));
            }
        }
        return sum;
    }
}
