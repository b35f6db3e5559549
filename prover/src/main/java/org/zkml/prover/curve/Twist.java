package org.zkml.prover.curve;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.field.Fq;
import org.zkml.prover.field.Fq2;

/** Membership in the twist y^2 = x^3 + 3/(9 + u) over Fq2, which has r times a large cofactor of points, and in its group of order r. */
public final class Twist {

    /** t - 1 = 6 x^2 for the trace t of BN254: the eigenvalue of psi on G2. */
    private static final BigInteger TRACE_MINUS_ONE =
            BigInteger.valueOf(4965661367192848881L).pow(2).multiply(BigInteger.valueOf(6));

    private static final int L = Fq2.LIMBS;
    private static final long[] B = curveConstant();
    private static final long[] PSI = psiFactors();

    private Twist() {}

    private static long[] curveConstant() {
        final long[] b = nonResidue();
        final long[] t = new long[L + Fq2.SCRATCH];
        Fq2.inverse(b, 0, b, 0, t, L);
        Fq.fromLong(t, 0, 3);
        Fq2.mul(b, 0, b, 0, t, 0, t, L);
        return b;
    }

    /** (9 + u)^((q-1)/3) and (9 + u)^((q-1)/2). */
    private static long[] psiFactors() {
        final long[] psi = new long[2 * L];
        final BigInteger order = Fq.MODULUS.subtract(BigInteger.ONE);
        Fq2.pow(psi, 0, nonResidue(), 0, order.divide(BigInteger.valueOf(3)));
        Fq2.pow(psi, L, nonResidue(), 0, order.shiftRight(1));
        return psi;
    }

    private static long[] nonResidue() {
        final long[] xi = new long[L];
        Fq.fromLong(xi, 0, 9);
        Fq.setOne(xi, Fq.LIMBS);
        return xi;
    }

    /** The constant 3/(9 + u) of the equation; to be read only. */
    public static long[] constant() {
        return B;
    }

    /**
     * Writes psi(P) = (conj(x) (9 + u)^((q-1)/3), conj(y) (9 + u)^((q-1)/2)): the Frobenius map of the curve, carried over to the twist. The
     * result may be the operand.
     */
    public static void frobenius(long[] out, int o, long[] point, int p) {
        final long[] t = new long[Fq2.SCRATCH];
        Fq2.conjugate(out, o, point, p);
        Fq2.mul(out, o, out, o, PSI, 0, t, 0);
        Fq2.conjugate(out, o + L, point, p + L);
        Fq2.mul(out, o + L, out, o + L, PSI, L, t, 0);
    }

    /** Whether the affine point satisfies the equation or is infinity (all zeros). */
    static boolean contains(long[] point) {
        if (Fq2.isZero(point, 0) && Fq2.isZero(point, L)) {
            return true;
        }
        final long[] t = new long[2 * L + Fq2.SCRATCH];
        Fq2.square(t, 0, point, 0, t, 2 * L);
        Fq2.mul(t, 0, t, 0, point, 0, t, 2 * L);
        Fq2.add(t, 0, t, 0, B, 0);
        Fq2.square(t, L, point, L, t, 2 * L);
        return Fq2.equal(t, 0, t, L);
    }

    /**
     * Whether a point of the twist is in the group of order r: psi(P) = [t - 1] P, where psi is the untwisted Frobenius map
     * (ePrint 2021/1130, section 4; ePrint 2022/352). Exact for BN curves: psi^2 - t psi + q = 0 holds on the whole twist, so the equation
     * implies [(t-1)^2 - t(t-1) + q] P = [q + 1 - t] P = [r] P = 0. Half the cost of multiplying by r.
     */
    static boolean hasOrderR(long[] point) {
        final long[] image = new long[2 * L];
        frobenius(image, 0, point, 0);
        final G2Jacobian multiple = new G2Jacobian();
        multiple.setProduct(TRACE_MINUS_ONE, point, 0);
        final long[] expected = new long[2 * L];
        multiple.toAffine(expected, 0);
        return Arrays.equals(image, expected);
    }
}
