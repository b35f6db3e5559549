package org.zkml.prover.vectors;

import org.zkml.prover.commitment.Setup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;

/** Setups whose secrets are known: tests only. */
public final class UnsafeTestSetup {

    private UnsafeTestSetup() {}

    public static Setup of(int logSize, Scalar tau, Scalar xi) {
        final G1Jacobian[] doublings = new G1Jacobian[254];
        doublings[0] = G1Jacobian.of(G1Affine.GENERATOR);
        for (int i = 1; i < doublings.length; i++) {
            doublings[i] = new G1Jacobian();
            doublings[i].set(doublings[i - 1]);
            doublings[i].twice();
        }
        final long[] powers = new long[G1Affine.LIMBS << logSize];
        Scalar power = Scalar.ONE;
        for (int i = 0; i < 1 << logSize; i++) {
            final var exponent = power.toBigInteger();
            final G1Jacobian sum = new G1Jacobian();
            for (int bit = 0; bit < exponent.bitLength(); bit++) {
                if (exponent.testBit(bit)) {
                    sum.add(doublings[bit]);
                }
            }
            System.arraycopy(sum.toAffine().limbs(), 0, powers, G1Affine.LIMBS * i, G1Affine.LIMBS);
            power = power.mul(tau);
        }
        return new Setup(
                logSize,
                powers,
                G1Affine.GENERATOR.mul(xi),
                new Setup.VerifierKey(G2Affine.GENERATOR.mul(tau), G2Affine.GENERATOR.mul(xi)),
                true);
    }
}
