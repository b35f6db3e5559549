package org.zkml.backend.market;

import java.math.BigInteger;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G1Jacobian;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;

/** A setup whose secrets are known: tests only. */
final class DevelopmentSetup {

    /** Enough for b = 8: tables of 2^9 entries. */
    static final int LOG_SIZE = 10;

    private static final Scalar TAU = Scalar.of(new BigInteger("1234567890123456789012345678901234567890"));
    private static final Scalar XI = Scalar.of(new BigInteger("9876543210987654321098765432109876543210"));

    private DevelopmentSetup() {}

    static Setup make() {
        final long[] powers = new long[G1Affine.LIMBS << LOG_SIZE];
        final G1Jacobian[] doublings = new G1Jacobian[254];
        doublings[0] = G1Jacobian.of(G1Affine.GENERATOR);
        for (int i = 1; i < doublings.length; i++) {
            doublings[i] = new G1Jacobian();
            doublings[i].set(doublings[i - 1]);
            doublings[i].twice();
        }
        Scalar power = Scalar.ONE;
        for (int i = 0; i < 1 << LOG_SIZE; i++) {
            final BigInteger exponent = power.toBigInteger();
            final G1Jacobian sum = new G1Jacobian();
            for (int bit = 0; bit < exponent.bitLength(); bit++) {
                if (exponent.testBit(bit)) {
                    sum.add(doublings[bit]);
                }
            }
            System.arraycopy(sum.toAffine().limbs(), 0, powers, G1Affine.LIMBS * i, G1Affine.LIMBS);
            power = power.mul(TAU);
        }
        return new Setup(
                LOG_SIZE,
                powers,
                G1Affine.GENERATOR.mul(XI),
                new Setup.VerifierKey(G2Affine.GENERATOR.mul(TAU), G2Affine.GENERATOR.mul(XI)),
                true);
    }
}
