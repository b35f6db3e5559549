package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zkml.prover.commitment.SetupContribution.Beacon;
import org.zkml.prover.commitment.SetupContribution.Participant;
import org.zkml.prover.commitment.SetupVerdict.Rejected;
import org.zkml.prover.commitment.SetupVerdict.Stage;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;

/** Ceremonies with exactly one thing wrong, each built honestly but for that. */
class CeremonySoundnessTest {

    private static final int LOG_SIZE = 4;
    private static final Scalar S = Scalar.of(987654321);
    private static final Scalar T = Scalar.of(123456789);
    private static final G1Affine G = G1Affine.GENERATOR;
    private static Ceremony before;

    private TestContribution last;

    @BeforeAll
    static void startCeremony() {
        before = Ceremony.start(LOG_SIZE)
                .contribute("Alice", new byte[0], Progress.SILENT)
                .contribute("Bob", new byte[0], Progress.SILENT);
    }

    @BeforeEach
    void contributeHonestly() {
        last = new TestContribution(before, S, T);
        assertTrue(last.honest("Carol").verify(Progress.SILENT).accepted());
    }

    private static void assertRejected(Stage stage, Ceremony ceremony) {
        final Rejected verdict = assertInstanceOf(Rejected.class, ceremony.verify(Progress.SILENT));
        assertEquals(stage, verdict.stage(), verdict.expected());
    }

    private void assertLinkRejected(Participant link) {
        last.link = link;
        assertRejected(Stage.HISTORY, last.build());
    }

    @Test
    void rejectsProofsOfKnowledgeThatDoNotHold() {
        final Participant link = last.link;
        final KnowledgeProof tau = link.tauProof();
        final KnowledgeProof xi = link.xiProof();
        final KnowledgeProof wrong =
                new KnowledgeProof(tau.nonce(), tau.response().add(Scalar.ONE));
        assertLinkRejected(new Participant("Carol", link.tau1(), link.xi1(), wrong, xi));
        final KnowledgeProof wrongXi =
                new KnowledgeProof(xi.nonce(), xi.response().add(Scalar.ONE));
        assertLinkRejected(new Participant("Carol", link.tau1(), link.xi1(), tau, wrongXi));
        final KnowledgeProof shifted = new KnowledgeProof(tau.nonce().add(G), tau.response());
        assertLinkRejected(new Participant("Carol", link.tau1(), link.xi1(), shifted, xi));
        assertLinkRejected(new Participant("Carol", link.tau1(), link.xi1(), xi, tau));
        final KnowledgeProof zero = new KnowledgeProof(G1Affine.INFINITY, Scalar.ZERO);
        assertLinkRejected(new Participant("Carol", link.tau1(), link.xi1(), zero, xi));
    }

    @Test
    void bindsTheNameToTheContribution() {
        final Participant link = last.link;
        assertLinkRejected(new Participant("Mallory", link.tau1(), link.xi1(), link.tauProof(), link.xiProof()));
    }

    /** A participant who throws away everybody else's secrets: it knows tau, but not its factor to Bob's tau. */
    @Test
    void rejectsAContributionThatStartsAgainFromTheGenerator() {
        final TestContribution fresh = new TestContribution(Ceremony.start(LOG_SIZE), S, T);
        final Ceremony own = fresh.honest("Mallory");
        assertTrue(own.verify(Progress.SILENT).accepted(), "well formed by itself");
        final List<SetupContribution> links = new ArrayList<>(before.history().contributions());
        links.add(fresh.link);
        assertRejected(Stage.HISTORY, fresh.withLinks(links));
    }

    /** The same, with proofs bound to the right chain but made on the wrong base. */
    @Test
    void rejectsProofsOnAnotherBase() {
        final byte[] hash = before.history().hash(LOG_SIZE);
        final G1Affine tau1 = G.mul(S);
        final G1Affine xi1 = G.mul(T);
        final Scalar k = Scalar.of(55);
        final Scalar challenge = Participant.challenge(hash, "Mallory", tau1, xi1, G.mul(k), G.mul(k));
        final KnowledgeProof tau = KnowledgeProof.of(G.mul(k), k.limbs(), S.limbs(), challenge);
        final KnowledgeProof xi = KnowledgeProof.of(G.mul(k), k.limbs(), T.limbs(), challenge);
        assertTrue(tau.holds(G, tau1, challenge) && xi.holds(G, xi1, challenge), "valid on the generator");
        final TestContribution fresh = new TestContribution(Ceremony.start(LOG_SIZE), S, T);
        final List<SetupContribution> links = new ArrayList<>(before.history().contributions());
        links.add(new Participant("Mallory", tau1, xi1, tau, xi));
        assertRejected(Stage.HISTORY, fresh.withLinks(links));
    }

    @Test
    void rejectsLinksLeftOutDoubledOrReordered() {
        final List<SetupContribution> links = last.build().history().contributions();
        for (int i = 0; i < links.size(); i++) {
            final List<SetupContribution> without = new ArrayList<>(links);
            without.remove(i);
            assertRejected(Stage.HISTORY, last.withLinks(without));
            final List<SetupContribution> twice = new ArrayList<>(links);
            twice.add(i, links.get(i));
            assertRejected(Stage.HISTORY, last.withLinks(twice));
        }
        final List<SetupContribution> swapped = new ArrayList<>(links);
        Collections.swap(swapped, 0, 1);
        assertRejected(Stage.HISTORY, last.withLinks(swapped));
    }

    @Test
    void rejectsAContributionForAnotherSize() {
        final TestContribution small = new TestContribution(Ceremony.start(LOG_SIZE - 1), S, T);
        small.honest("Carol");
        final TestContribution large = new TestContribution(Ceremony.start(LOG_SIZE), S, T);
        large.link = small.link;
        assertRejected(Stage.HISTORY, large.build());
    }

    @Test
    void rejectsZeroFactors() {
        final Participant link = last.link;
        final KnowledgeProof proof = new KnowledgeProof(G1Affine.INFINITY, Scalar.ZERO);
        assertLinkRejected(new Participant("Carol", G1Affine.INFINITY, link.xi1(), proof, link.xiProof()));
        assertLinkRejected(new Participant("Carol", link.tau1(), G1Affine.INFINITY, link.tauProof(), proof));
        // the whole setup for tau = 0, its powers G, 0, 0, ...
        for (int i = 1; i < 1 << LOG_SIZE; i++) {
            last.setPower(i, G1Affine.INFINITY);
        }
        last.tau2 = G2Affine.INFINITY;
        last.link = new Participant("Carol", G1Affine.INFINITY, link.xi1(), proof, link.xiProof());
        // with tau = 0 in G2 too it is not even a setup
        assertThrows(IllegalArgumentException.class, last::build);
        last.tau2 = before.setup().verifierKey().tau2();
        assertRejected(Stage.HISTORY, last.build());
    }

    @Test
    void rejectsEverySinglePowerThatIsWrong() {
        final long[] honest = last.powers.clone();
        for (int i = 0; i < 1 << LOG_SIZE; i++) {
            final Stage stage = i == 0 ? Stage.POINTS : i == 1 ? Stage.HISTORY : Stage.POWERS;
            last.powers = honest.clone();
            last.setPower(i, TestContribution.power(before.setup(), 3));
            assertRejected(stage, last.build());
            last.setPower(i, G1Affine.ofLimbs(honest, 8 * i).negate());
            assertRejected(stage, last.build());
            last.setPower(i, G1Affine.INFINITY);
            assertRejected(i == 1 ? Stage.HISTORY : Stage.POINTS, last.build());
            last.setPower(i, G1Affine.ofLimbs(honest, 8 * i));
            last.powers[8 * i + 4] ^= 1;
            assertRejected(i == 1 ? Stage.HISTORY : Stage.POINTS, last.build());
        }
    }

    @Test
    void rejectsSwappedPowers() {
        final G1Affine third = G1Affine.ofLimbs(last.powers, 8 * 3);
        last.setPower(3, G1Affine.ofLimbs(last.powers, 8 * 4));
        last.setPower(4, third);
        assertRejected(Stage.POWERS, last.build());
    }

    /** Powers of another tau from the second one on. */
    @Test
    void rejectsPowersOfAnotherTau() {
        final Ceremony other = before.contribute("Dave", new byte[0], Progress.SILENT);
        for (int i = 2; i < 1 << LOG_SIZE; i++) {
            last.setPower(i, TestContribution.power(other.setup(), i));
        }
        assertRejected(Stage.POWERS, last.build());
    }

    @Test
    void rejectsAnotherTauInG2() {
        for (G2Affine tau2 : List.of(before.setup().verifierKey().tau2(), last.tau2.negate(), G2Affine.GENERATOR)) {
            last.tau2 = tau2;
            assertRejected(Stage.POWERS, last.build());
        }
        last.tau2 = G2Affine.INFINITY;
        assertThrows(IllegalArgumentException.class, last::build);
    }

    @Test
    void rejectsAnotherXiInG2() {
        for (G2Affine xi2 : List.of(before.setup().verifierKey().xi2(), last.xi2.negate(), last.tau2)) {
            last.xi2 = xi2;
            assertRejected(Stage.XI, last.build());
        }
    }

    @Test
    void rejectsTheXiOfAnotherContribution() {
        final Ceremony other = before.contribute("Dave", new byte[0], Progress.SILENT);
        last.xi1 = other.setup().xi1();
        last.xi2 = other.setup().verifierKey().xi2();
        assertRejected(Stage.HISTORY, last.build());
        last.xi1 = before.setup().xi1();
        last.xi2 = before.setup().verifierKey().xi2();
        assertRejected(Stage.HISTORY, last.build());
    }

    @Test
    void rejectsBeaconsThatAreNotWhatTheySay() {
        final byte[] value = {1, 2, 3, 4};
        final Ceremony finished = last.build().finish("beacon", value, 4, Progress.SILENT);
        final List<SetupContribution> links = finished.history().contributions();
        final Beacon beacon = assertInstanceOf(Beacon.class, links.getLast());
        for (Beacon wrong : List.of(
                new Beacon("beacon", beacon.tau1(), beacon.xi1(), new byte[] {1, 2, 3, 5}, 4),
                new Beacon("beacon", beacon.tau1(), beacon.xi1(), value, 5),
                new Beacon("beacon", beacon.tau1().negate(), beacon.xi1(), value, 4),
                new Beacon("beacon", beacon.tau1(), beacon.xi1().negate(), value, 4))) {
            final List<SetupContribution> changed = new ArrayList<>(links);
            changed.set(changed.size() - 1, wrong);
            assertRejected(
                    Stage.HISTORY,
                    new Ceremony(finished.setup(), new SetupHistory(SetupHistory.Origin.CEREMONY, "", changed)));
        }
    }

    /** A beacon whose value somebody chose after the others could be followed by nothing that hides it. */
    @Test
    void rejectsABeaconThatIsNotTheLastOrAlone() {
        final byte[] hash = SetupHistory.firstHash(LOG_SIZE);
        final ContributionSecrets factors = ContributionSecrets.ofBeacon(hash, new byte[] {9}, 0);
        final Scalar s = Scalar.get(factors.tau(), 0);
        final Scalar t = Scalar.get(factors.xi(), 0);
        final TestContribution alone = new TestContribution(Ceremony.start(LOG_SIZE), s, t);
        final Beacon beacon = new Beacon("beacon", G.mul(s), G.mul(t), new byte[] {9}, 0);
        final SetupHistory history = new SetupHistory(SetupHistory.Origin.CEREMONY, "", List.of(beacon));
        final Ceremony onlyBeacon = new Ceremony(
                new Setup(LOG_SIZE, alone.powers, alone.xi1, new Setup.VerifierKey(alone.tau2, alone.xi2), true),
                history);
        assertRejected(Stage.HISTORY, onlyBeacon);
        final TestContribution after = new TestContribution(onlyBeacon, S, T);
        assertRejected(Stage.HISTORY, after.honest("Carol"));
    }
}
