package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.SetupContribution.Beacon;
import org.zkml.prover.commitment.SetupHistory.Origin;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pairing.Pairing;

class CeremonyTest {

    private static final int LOG_SIZE = 5;
    private static final byte[] BEACON = "block 23456789".getBytes(StandardCharsets.US_ASCII);

    private static Ceremony contribute(Ceremony ceremony, String name) {
        return ceremony.contribute(name, new byte[] {1, 2, 3}, Progress.SILENT);
    }

    private static G1Affine power(Setup setup, int i) {
        return G1Affine.ofLimbs(setup.powers(), G1Affine.LIMBS * i);
    }

    @Test
    void everyStepOfACeremonyIsAccepted() {
        Ceremony ceremony = Ceremony.start(LOG_SIZE);
        assertTrue(ceremony.verify(Progress.SILENT).accepted());
        assertTrue(ceremony.setup().unsafe(), "everybody knows tau = 1");
        for (String name : List.of("Alice", "Bob", "Zoë of the clinic")) {
            ceremony = contribute(ceremony, name);
            assertInstanceOf(SetupVerdict.Accepted.class, ceremony.verify(Progress.SILENT));
            assertFalse(ceremony.setup().unsafe());
        }
        ceremony = ceremony.finish("beacon", BEACON, 5, Progress.SILENT);
        assertInstanceOf(SetupVerdict.Accepted.class, ceremony.verify(Progress.SILENT));
        assertEquals(3, ceremony.history().participants());
        assertEquals(4, ceremony.history().contributions().size());
        assertTrue(ceremony.history().finished());
    }

    /** The slow oracle: each power against the one before, by a pairing of its own. */
    @Test
    void powersHaveTheRatioOfTheVerifiersKey() {
        final Setup setup =
                contribute(contribute(Ceremony.start(4), "Alice"), "Bob").setup();
        assertEquals(G1Affine.GENERATOR, power(setup, 0));
        for (int i = 1; i < setup.size(); i++) {
            assertTrue(Pairing.productIsOne(
                    List.of(power(setup, i), power(setup, i - 1).negate()),
                    List.of(G2Affine.GENERATOR, setup.verifierKey().tau2())));
        }
        assertTrue(Pairing.productIsOne(
                List.of(setup.xi1(), G1Affine.GENERATOR.negate()),
                List.of(G2Affine.GENERATOR, setup.verifierKey().xi2())));
        assertNotEquals(setup.xi1(), power(setup, 1));
    }

    /** Known factors: after two contributions tau and xi are the products. */
    @Test
    void factorsMultiply() {
        final Scalar s = Scalar.of(new BigInteger("123456789012345678901234567890"));
        final Scalar t = Scalar.of(-7);
        final Ceremony first = new TestContribution(Ceremony.start(3), s, t).honest("known");
        final Ceremony second = new TestContribution(first, t, s).honest("known too");
        assertTrue(second.verify(Progress.SILENT).accepted());
        final Scalar tau = s.mul(t);
        for (int i = 0; i < 8; i++) {
            assertEquals(G1Affine.GENERATOR.mul(tau.pow(i)), power(second.setup(), i));
        }
        assertEquals(G1Affine.GENERATOR.mul(tau), second.setup().xi1());
        assertEquals(G2Affine.GENERATOR.mul(tau), second.setup().verifierKey().tau2());
        assertEquals(G2Affine.GENERATOR.mul(tau), second.setup().verifierKey().xi2());
    }

    @Test
    void contributionsAreFresh() {
        final Ceremony start = Ceremony.start(2);
        final Ceremony a = contribute(start, "same");
        final Ceremony b = contribute(start, "same");
        assertNotEquals(power(a.setup(), 1), power(b.setup(), 1));
        assertNotEquals(a.setup().xi1(), b.setup().xi1());
        assertNotEquals(power(a.setup(), 1), a.setup().xi1());
    }

    @Test
    void developmentSetupIsValidAndUnsafeAndTakesNoContribution() {
        final Ceremony development = Ceremony.development(LOG_SIZE, Progress.SILENT);
        assertTrue(development.verify(Progress.SILENT).accepted());
        assertTrue(development.setup().unsafe());
        assertEquals(Origin.DEVELOPMENT, development.history().origin());
        assertThrows(IllegalStateException.class, () -> contribute(development, "Alice"));
        assertThrows(IllegalStateException.class, () -> development.finish("beacon", BEACON, 1, Progress.SILENT));
    }

    @Test
    void finishedCeremonyTakesNoContribution() {
        final Ceremony finished = contribute(Ceremony.start(2), "Alice").finish("beacon", BEACON, 0, Progress.SILENT);
        assertThrows(IllegalStateException.class, () -> contribute(finished, "Bob"));
        assertThrows(IllegalStateException.class, () -> finished.finish("again", BEACON, 0, Progress.SILENT));
    }

    @Test
    void beaconNeedsAParticipantBeforeIt() {
        final Ceremony start = Ceremony.start(2);
        assertThrows(IllegalStateException.class, () -> start.finish("beacon", BEACON, 0, Progress.SILENT));
    }

    @Test
    void nothingIsBuiltOnAFalseCeremony() {
        final Ceremony ceremony = contribute(Ceremony.start(3), "Alice");
        final Setup setup = ceremony.setup();
        final long[] powers = setup.powers().clone();
        System.arraycopy(powers, 16, powers, 40, 8);
        final Ceremony broken =
                new Ceremony(new Setup(3, powers, setup.xi1(), setup.verifierKey(), false), ceremony.history());
        final IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> contribute(broken, "Bob"));
        assertTrue(thrown.getMessage().contains("POWERS"), thrown.getMessage());
    }

    @Test
    void secretsAreOverwritten() {
        final ContributionSecrets secrets = ContributionSecrets.draw(new byte[] {5});
        final long[] tau = secrets.tau();
        final long[] xi = secrets.xi();
        assertFalse(Fr.isZero(tau, 0) || Fr.isZero(xi, 0) || Fr.equal(tau, 0, xi, 0));
        secrets.close();
        assertTrue(Fr.isZero(tau, 0) && Fr.isZero(xi, 0));
    }

    @Test
    void refusesZeroFactors() {
        final long[] zero = new long[Fr.LIMBS];
        final long[] one = Scalar.ONE.limbs();
        assertThrows(IllegalArgumentException.class, () -> new ContributionSecrets(zero, one));
        assertThrows(IllegalArgumentException.class, () -> new ContributionSecrets(one, zero));
    }

    @Test
    void beaconIsAFunctionOfTheChainAndItsValue() {
        final byte[] hash = SetupHistory.firstHash(3);
        final long[] tau = ContributionSecrets.ofBeacon(hash, BEACON, 3).tau();
        assertArrayEquals(tau, ContributionSecrets.ofBeacon(hash, BEACON, 3).tau());
        assertFalse(
                Fr.equal(tau, 0, ContributionSecrets.ofBeacon(hash, BEACON, 4).tau(), 0));
        assertFalse(Fr.equal(
                tau, 0, ContributionSecrets.ofBeacon(hash, new byte[] {1}, 3).tau(), 0));
        assertFalse(Fr.equal(
                tau,
                0,
                ContributionSecrets.ofBeacon(SetupHistory.firstHash(4), BEACON, 3)
                        .tau(),
                0));
    }

    @Test
    void rejectsBadArguments() {
        assertThrows(IllegalArgumentException.class, () -> Ceremony.start(0));
        assertThrows(IllegalArgumentException.class, () -> Ceremony.start(28));
        final Ceremony start = Ceremony.start(1);
        for (String name : List.of("", "x".repeat(101), "a\nb", "é".repeat(51))) {
            assertThrows(IllegalArgumentException.class, () -> contribute(start, name), name);
        }
        final G1Affine g = G1Affine.GENERATOR;
        assertThrows(IllegalArgumentException.class, () -> new Beacon("b", g, g, new byte[0], 1));
        assertThrows(IllegalArgumentException.class, () -> new Beacon("b", g, g, new byte[65], 1));
        assertThrows(IllegalArgumentException.class, () -> new Beacon("b", g, g, new byte[1], 31));
        final Setup setup = start.setup();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Setup(1, setup.powers(), G1Affine.INFINITY, setup.verifierKey(), true));
        assertThrows(
                IllegalArgumentException.class, () -> new Setup.VerifierKey(G2Affine.GENERATOR, G2Affine.INFINITY));
    }
}
