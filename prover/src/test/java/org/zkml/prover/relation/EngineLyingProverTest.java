package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.SlowProver;
import org.zkml.prover.engine.UncheckedProver;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verification.Stage;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.engine.Weakening;
import org.zkml.prover.engine.Weakening.Part;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/**
 * Lies that the engine itself must catch (docs/proof-system.md, sections 4.4 and 8, items 2 and 3): each attack succeeds on the verifier without one of its parts, and fails on the
 * verifier.
 */
class EngineLyingProverTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Function<String, Scalar> RANDOMNESS = new SeededScalars("engine");

    @ParameterizedTest
    @EnumSource
    void anAttackPassesOnlyWithoutThePartThatStopsIt(EngineAttack attack) throws MalformedProofException {
        final Weakening weakening = Weakening.without(attack.part());
        final byte[] withoutIt = attack.prover(weakening).prove();
        assertTrue(weakening.accepts(attack.relation(), SETUP.key(), withoutIt));
        final byte[] proof = FalseProof.of(attack).proveAsWritten();
        assertFalse(Weakening.none().accepts(attack.relation(), SETUP.key(), proof));
        assertRejected(attack.relation(), proof);
    }

    @Test
    void everyPartHasAnAttack() {
        final Set<Part> attacked =
                Stream.of(EngineAttack.values()).map(EngineAttack::part).collect(Collectors.toSet());
        assertEquals(EnumSet.allOf(Part.class), attacked);
    }

    private static void assertRejected(Relation relation, byte[] proof) throws MalformedProofException {
        final Verification verdict = Verifier.verify(relation, SETUP.key(), proof);
        assertEquals(
                Stage.OPENING,
                assertInstanceOf(Verification.Rejected.class, verdict).stage());
    }

    /** The attacks' prover and the weakened verifier are the real ones where they neither attack nor drop anything. */
    @Test
    void theSlowProverWritesTheProversBytes() throws MalformedProofException {
        for (Instance instance : new Instance[] {
            Samples.data(), Samples.run(), Samples.average(), Samples.answer(), Samples.score(), Samples.regression()
        }) {
            final byte[] expected =
                    UncheckedProver.proveTruly(instance.relation(), instance.witness(), SETUP.committer(), RANDOMNESS);
            final byte[] actual = new SlowProver(
                            instance.relation(), instance.witness(), SETUP, RANDOMNESS, Weakening.none())
                    .prove();
            assertArrayEquals(expected, actual);
            assertTrue(Weakening.none().accepts(instance.relation(), SETUP.key(), actual));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExternalColumnMayNotBeLargerThanItsTable(ExternalColumnAttack attacked) throws MalformedProofException {
        final byte[] honest = attacked.prover(0, true).prove();
        assertTrue(Verifier.verify(attacked.relation(0), SETUP.key(), honest).accepted());
        final Relation real = attacked.relation(ExternalColumnAttack.DELTA);
        final byte[] unbounded =
                attacked.prover(ExternalColumnAttack.DELTA, false).prove();
        assertTrue(Verifier.verify(new WidenedRelation(real, attacked.column()), SETUP.key(), unbounded)
                .accepted());
        assertRejected(real, FalseProof.of(attacked).proveAsWritten());
    }

    /** A whole row of data behind the last: without claims 1 and 2 it would go into training unseen. */
    @Test
    void aHiddenRowPassesOnlyWithoutClaims1And2() throws MalformedProofException {
        final DatasetInstance hidden = Samples.dataWithAHiddenRow();
        final WeakenedRelation withoutClaim1 = new WeakenedRelation(hidden.relation(), Constraint.claim(1));
        final WeakenedRelation withoutBoth = new WeakenedRelation(withoutClaim1, Constraint.claim(2));
        final byte[] proof = UncheckedProver.prove(withoutBoth, hidden.witness(), SETUP.committer(), RANDOMNESS);
        assertTrue(Verifier.verify(withoutBoth, SETUP.key(), proof).accepted());
        final WeakenedRelation withoutClaim2 = new WeakenedRelation(hidden.relation(), Constraint.claim(2));
        for (Relation weakened : List.of(withoutClaim1, withoutClaim2)) {
            assertRejected(weakened, UncheckedProver.prove(weakened, hidden.witness(), SETUP.committer(), RANDOMNESS));
        }
        assertRejected(hidden.relation(), FalseProof.hiddenRow().proveAsWritten());
    }
}
