package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.vectors.Vectors;

class CommitmentVectorTest {

    private static final JsonNode VECTOR = Vectors.read("commitment.json");
    private static final Setup SETUP = Vectors.setup(VECTOR.get("srs"));
    private static final Committer COMMITTER = new Committer(SETUP);

    @Test
    void setupAgrees() {
        final int[] indices = {0, 1, 2, 1023};
        for (int i = 0; i < indices.length; i++) {
            assertEquals(
                    Vectors.point(VECTOR.get("powers_0_1_2_1023").get(i)),
                    G1Affine.ofLimbs(SETUP.powers(), G1Affine.LIMBS * indices[i]));
        }
        assertEquals(Vectors.point(VECTOR.get("xi1")), SETUP.xi1());
        assertEquals(
                Vectors.number(VECTOR.get("tau2").get("x_re")),
                SETUP.verifierKey().tau2().xRe());
        assertEquals(
                Vectors.number(VECTOR.get("xi2").get("y_im")),
                SETUP.verifierKey().xi2().yIm());
    }

    @Test
    void commitmentsAndEvaluationsAgree() {
        for (JsonNode c : VECTOR.get("cases")) {
            final MultilinearPolynomial f = Vectors.polynomial(c.get("table"));
            assertEquals(Vectors.point(c.get("commitment")), COMMITTER.commit(f, Vectors.scalar(c.get("blinder"))));
            assertEquals(Vectors.point(c.get("commitment_without_blinder")), COMMITTER.commit(f, Scalar.ZERO));
            // the same by the path of full scalars
            assertEquals(
                    Vectors.point(c.get("commitment")),
                    COMMITTER.commit(MultilinearPolynomial.of(f.toVector()), Vectors.scalar(c.get("blinder"))));
            final Scalar[] u = scalars(c.get("u"));
            assertEquals(Vectors.scalar(c.get("mle_at_u")), f.evaluate(u));
        }
    }

    @Test
    void commitmentsAddUp() {
        final JsonNode linear = VECTOR.get("linear");
        final G1Affine f = COMMITTER.commit(Vectors.polynomial(linear.get("f")), Vectors.scalar(linear.get("b")));
        final G1Affine g = COMMITTER.commit(Vectors.polynomial(linear.get("g")), Vectors.scalar(linear.get("c")));
        assertEquals(Vectors.point(linear.get("com_f")), f);
        assertEquals(Vectors.point(linear.get("com_g")), g);
        assertEquals(Vectors.point(linear.get("com_f_plus_s_com_g")), f.add(g.mul(Vectors.scalar(linear.get("s")))));
    }

    @Test
    void padInterpolationAgrees() {
        final Scalar[] values = scalars(VECTOR.get("lagrange").get("values_on_H"));
        final Scalar[] expected = scalars(VECTOR.get("lagrange").get("coefficients"));
        final Scalar[] coefficients = Pad.interpolate(values);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], coefficients[i]);
        }
        final Scalar x = Scalar.of(123456789);
        Scalar byCoefficients = Scalar.ZERO;
        Scalar byLagrange = Scalar.ZERO;
        final Scalar[] lagrange = Pad.lagrange(x);
        for (int i = expected.length - 1; i >= 0; i--) {
            byCoefficients = byCoefficients.mul(x).add(expected[i]);
            byLagrange = byLagrange.add(lagrange[i].mul(values[i]));
        }
        assertEquals(byCoefficients, byLagrange);
    }

    private static Scalar[] scalars(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(Vectors::scalar)
                .toArray(Scalar[]::new);
    }
}
