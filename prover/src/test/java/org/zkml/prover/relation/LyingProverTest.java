package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.Transcripts;
import org.zkml.prover.engine.UncheckedProver;
import org.zkml.prover.engine.Verification;
import org.zkml.prover.engine.Verification.Stage;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/**
 * For every constraint a prover that breaks exactly that one and recomputes everything downstream of its lie honestly: the verifier without the constraint accepts its proof,
 * so nothing else is broken; the verifier rejects it (docs/proof-system.md, section 8, item 2).
 */
class LyingProverTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Function<String, Scalar> RANDOMNESS = new SeededScalars("liars");

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aLieAboutTrainingPassesOnlyWithoutItsConstraint(TrainLie lie) throws MalformedProofException {
        final TrainLiar liar = new TrainLiar(lie, SETUP);
        assertAcceptedWithout(lie.broken(), liar.relation(), liar);
        assertRejected(liar.relation(), FalseProof.of(lie).proveAsWritten());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aLieAboutADataSetPassesOnlyWithoutItsConstraint(DatasetLie lie) throws MalformedProofException {
        final DatasetInstance instance = lie.instance(SETUP);
        assertAcceptedWithout(lie.broken(), instance.relation(), new DatasetLiar(instance, lie));
        assertRejected(instance.relation(), FalseProof.of(lie).proveAsWritten());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aLieAboutAnAveragePassesOnlyWithoutItsConstraint(AggregateLie lie) throws MalformedProofException {
        final AggregateLiar liar = new AggregateLiar(lie, SETUP);
        assertAcceptedWithout(lie.broken(), liar.relation(), liar);
        assertRejected(liar.relation(), FalseProof.of(lie).proveAsWritten());
    }

    @TestFactory
    Stream<DynamicTest> aLieAboutAModelPassesOnlyWithoutItsConstraint() {
        return Stream.of(ModelForm.values())
                .flatMap(form -> ModelLie.of(form).stream()
                        .map(lie -> DynamicTest.dynamicTest(form + " " + lie, () -> {
                            final ModelLiar liar = new ModelLiar(form, lie, SETUP);
                            assertAcceptedWithout(lie.broken(form), liar.relation(), liar);
                            assertRejected(
                                    liar.relation(), FalseProof.of(form, lie).proveAsWritten());
                        })));
    }

    private static void assertAcceptedWithout(Constraint broken, Relation relation, Witness liar)
            throws MalformedProofException {
        final WeakenedRelation weakened = new WeakenedRelation(relation, broken);
        final byte[] proof = UncheckedProver.prove(weakened, weakened.weaken(liar), SETUP.committer(), RANDOMNESS);
        assertTrue(Verifier.verify(weakened, SETUP.key(), proof).accepted(), "more than " + broken + " is false");
    }

    private static void assertRejected(Relation relation, byte[] proof) throws MalformedProofException {
        final Verification verdict = Verifier.verify(relation, SETUP.key(), proof);
        assertEquals(
                Stage.OPENING,
                assertInstanceOf(Verification.Rejected.class, verdict).stage());
    }

    /** The liars' own computation is the honest prover's, byte for byte, where they do not lie. */
    @Test
    void aLiarWithoutALieProvesTheTruth() {
        final TrainLiar trainer = new TrainLiar(TrainLie.NONE, SETUP);
        final TrainInstance run = TrainInstance.of(TrainLie.NONE.start(), TrainLie.NONE.ordinal(), SETUP);
        assertArrayEquals(
                UncheckedProver.proveTruly(run.relation(), trainer, SETUP.committer(), RANDOMNESS),
                UncheckedProver.proveTruly(run.relation(), run.witness(), SETUP.committer(), RANDOMNESS));
        final DatasetInstance data = DatasetLie.NONE.instance(SETUP);
        assertArrayEquals(
                UncheckedProver.proveTruly(
                        data.relation(), new DatasetLiar(data, DatasetLie.NONE), SETUP.committer(), RANDOMNESS),
                UncheckedProver.proveTruly(data.relation(), data.witness(), SETUP.committer(), RANDOMNESS));
        final AggregateLiar averager = new AggregateLiar(AggregateLie.NONE, SETUP);
        final AggregateInstance average = AggregateLie.NONE.average().instance(AggregateLie.NONE.ordinal(), SETUP);
        assertArrayEquals(
                UncheckedProver.proveTruly(average.relation(), averager, SETUP.committer(), RANDOMNESS),
                UncheckedProver.proveTruly(average.relation(), average.witness(), SETUP.committer(), RANDOMNESS));
        for (ModelForm form : ModelForm.values()) {
            final ModelLiar liar = new ModelLiar(form, ModelLie.NONE, SETUP);
            assertArrayEquals(
                    UncheckedProver.proveTruly(liar.relation(), liar, SETUP.committer(), RANDOMNESS),
                    UncheckedProver.proveTruly(
                            liar.relation(), liar.instance().witness(), SETUP.committer(), RANDOMNESS));
        }
    }

    @Test
    void everyConstraintOfTrainingHasItsLie() throws MalformedProofException {
        final TrainLiar liar = new TrainLiar(TrainLie.LOGIT, SETUP);
        assertEquals(constraints(liar.relation(), liar), broken(TrainLie.values(), TrainLie::broken));
    }

    @Test
    void everyConstraintOfADataSetHasItsLie() throws MalformedProofException {
        final DatasetInstance instance = DatasetLie.INTERCEPT.instance(SETUP);
        assertEquals(
                constraints(instance.relation(), instance.witness()), broken(DatasetLie.values(), DatasetLie::broken));
    }

    @Test
    void everyConstraintOfAnAverageHasItsLie() throws MalformedProofException {
        final AggregateLiar liar = new AggregateLiar(AggregateLie.ANOTHER_AVERAGE, SETUP);
        assertEquals(constraints(liar.relation(), liar), broken(AggregateLie.values(), AggregateLie::broken));
    }

    @ParameterizedTest
    @EnumSource
    void everyConstraintAboutAModelHasItsLie(ModelForm form) throws MalformedProofException {
        final ModelLiar liar = new ModelLiar(form, ModelLie.ROUNDED_LOGIT, SETUP);
        assertEquals(
                constraints(liar.relation(), liar),
                broken(ModelLie.of(form).toArray(ModelLie[]::new), lie -> lie.broken(form)));
    }

    private static <T> Set<Constraint> broken(T[] lies, Function<T, Constraint> constraint) {
        return new HashSet<>(
                Stream.of(lies).map(constraint).filter(Objects::nonNull).toList());
    }

    /** All constraints of a relation, counted on its own description. */
    private static Set<Constraint> constraints(Relation relation, Witness witness) throws MalformedProofException {
        final Set<Constraint> all = new HashSet<>();
        for (int j = 0; j < relation.structure().sums().size(); j++) {
            all.add(Constraint.sum(j));
        }
        for (int i = 0; i < relation.equations().size(); i++) {
            all.add(Constraint.equation(i));
        }
        final byte[] proof = UncheckedProver.prove(relation, witness, SETUP.committer(), RANDOMNESS);
        final int claims =
                relation.linearClaims(Transcripts.challenges(relation, proof)).size();
        for (int c = 0; c < claims; c++) {
            all.add(Constraint.claim(c));
        }
        return all;
    }

    @Test
    void theProverLetsNoFalseProofOut() {
        final TrainLiar liar = new TrainLiar(TrainLie.COMMITTED_MODEL_AFTER, SETUP);
        final IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> Prover.prove(liar.relation(), liar, SETUP.committer(), ProverProgress.SILENT));
        assertTrue(failure.getMessage().contains("OPENING"), failure.getMessage());
    }
}
