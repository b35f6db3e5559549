package org.zkml.prover.sumcheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

class RoundPolynomialTest {

    private static final Scalar TWO = Scalar.of(2);
    private static final Scalar MINUS_ONE = Scalar.ONE.negate();

    /** p(0), and what interpolation takes beside it. */
    private static Scalar[] evaluations(Scalar... p) {
        final int degree = p.length - 1;
        final Scalar[] all = {p[0], p[degree], RoundPolynomial.evaluate(p, TWO), RoundPolynomial.evaluate(p, MINUS_ONE)
        };
        return Arrays.copyOf(all, degree);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void interpolationFindsThePolynomial(int degree) {
        final SeededScalars scalars = new SeededScalars("round polynomials");
        for (int round = 0; round < 50; round++) {
            final Scalar[] p = new Scalar[degree + 1];
            for (int k = 0; k <= degree; k++) {
                // coefficients that are 0, 1 or -1 as well, the highest among them
                p[k] = round < 40 ? scalars.apply(round + "/" + k) : Scalar.of((round + k) % 3 - 1);
            }
            final Scalar claim = p[0].add(RoundPolynomial.evaluate(p, Scalar.ONE));
            assertArrayEquals(p, RoundPolynomial.interpolate(evaluations(p), claim));
        }
    }

    /** A liar's round: the values and the claim are what is asked for, although no sum has them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFalseClaimIsKept(int degree) {
        final SeededScalars scalars = new SeededScalars("false rounds");
        final Scalar[] at = new Scalar[degree];
        Arrays.setAll(at, i -> scalars.apply("at " + i));
        final Scalar claim = scalars.apply("claim");
        final Scalar[] p = RoundPolynomial.interpolate(at, claim);
        assertEquals(claim, p[0].add(RoundPolynomial.evaluate(p, Scalar.ONE)));
        assertArrayEquals(at, evaluations(p));
    }
}
