package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;

class VerifierKeyTest {

    @Test
    void refusesAKeyUnderWhichCommitmentsDoNotBind() {
        assertRefused("bind", () -> new VerifierKey(G2Affine.INFINITY, G2Affine.GENERATOR));
    }

    @Test
    void refusesAKeyUnderWhichCommitmentsDoNotHide() {
        assertRefused("hide", () -> new VerifierKey(G2Affine.GENERATOR, G2Affine.INFINITY));
        final VerifierKey key = KnownSetup.of(8).key();
        assertRefused("hide", () -> new Setup(0, new long[G1Affine.LIMBS], G1Affine.INFINITY, key, true));
    }

    private static void assertRefused(String expected, Runnable construction) {
        final String message =
                assertThrows(IllegalArgumentException.class, construction::run).getMessage();
        assertTrue(message.contains(expected), message);
    }
}
