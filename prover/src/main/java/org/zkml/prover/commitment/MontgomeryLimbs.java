package org.zkml.prover.commitment;

import java.nio.ByteBuffer;
import org.zkml.prover.field.Fq;

/** Coordinates as snarkjs stores them: the limbs of the Montgomery form with R = 2^256, little-endian, just as {@link Fq} holds them. */
final class MontgomeryLimbs {

    private static final long[] MODULUS = modulus();

    private MontgomeryLimbs() {}

    private static long[] modulus() {
        final long[] limbs = new long[Fq.LIMBS];
        for (int i = 0; i < Fq.LIMBS; i++) {
            limbs[i] = Fq.MODULUS.shiftRight(64 * i).longValue();
        }
        return limbs;
    }

    /**
     * Reads {@code count} coordinates.
     *
     * @return whether all of them are below q
     */
    static boolean read(ByteBuffer littleEndian, long[] out, int o, int count) {
        boolean reduced = true;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < Fq.LIMBS; j++) {
                out[o + Fq.LIMBS * i + j] = littleEndian.getLong();
            }
            reduced &= isReduced(out, o + Fq.LIMBS * i);
        }
        return reduced;
    }

    private static boolean isReduced(long[] x, int o) {
        for (int j = Fq.LIMBS - 1; j >= 0; j--) {
            final int order = Long.compareUnsigned(x[o + j], MODULUS[j]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }
}
