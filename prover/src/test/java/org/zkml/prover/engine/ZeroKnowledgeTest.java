package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.ProofFields.Field;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.relation.AggregateInstance;
import org.zkml.prover.relation.DatasetInstance;
import org.zkml.prover.relation.EvaluateInstance;
import org.zkml.prover.relation.InferInstance;
import org.zkml.prover.relation.Instance;
import org.zkml.prover.relation.RandomStatements;
import org.zkml.prover.relation.TrainInstance;
import org.zkml.prover.training.TrainingShape;
import org.zkml.prover.vectors.SeededScalars;

/** A proof says nothing beyond its statement (docs/proof-system.md, section 8, item 4). */
class ZeroKnowledgeTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);

    enum Case {
        TRAIN {
            @Override
            Instance instance(long seed) {
                return TrainInstance.random(new TrainingShape(1, 2, 2, 2, 3, 8), ModelKind.LOGISTIC, 7, seed, SETUP);
            }

            @Override
            Instance about(Instance statement, Instance witness) {
                return ((TrainInstance) witness).disguisedAs((TrainInstance) statement, SETUP);
            }

            @Override
            Relation impossible() {
                return RandomStatements.train(SETUP);
            }
        },
        DATASET {
            @Override
            Instance instance(long seed) {
                return DatasetInstance.random(new DatasetInstance.Shape(3, 2, 8, 7, 3), seed, SETUP);
            }

            @Override
            Instance about(Instance statement, Instance witness) {
                return ((DatasetInstance) witness).disguisedAs((DatasetInstance) statement, SETUP);
            }

            @Override
            Relation impossible() {
                return RandomStatements.dataset(SETUP);
            }
        },
        AGGREGATE {
            @Override
            Instance instance(long seed) {
                return AggregateInstance.random(new AggregateInstance.Shape(2, 8, 148), seed, SETUP);
            }

            @Override
            Instance about(Instance statement, Instance witness) {
                return ((AggregateInstance) witness).disguisedAs((AggregateInstance) statement, SETUP);
            }

            @Override
            Relation impossible() {
                return RandomStatements.aggregate(SETUP);
            }
        },
        INFER {
            @Override
            Instance instance(long seed) {
                return InferInstance.random(new InferInstance.Shape(2, 2, 8, ModelKind.LOGISTIC), seed, SETUP);
            }

            @Override
            Instance about(Instance statement, Instance witness) {
                return ((InferInstance) witness).disguisedAs((InferInstance) statement, SETUP);
            }

            @Override
            Relation impossible() {
                return RandomStatements.infer(SETUP);
            }
        },
        EVALUATE {
            @Override
            Instance instance(long seed) {
                return EvaluateInstance.reordered(
                        new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LOGISTIC), seed, SETUP);
            }

            @Override
            Instance about(Instance statement, Instance witness) {
                return ((EvaluateInstance) witness).disguisedAs((EvaluateInstance) statement, SETUP);
            }

            @Override
            Relation impossible() {
                return RandomStatements.evaluate(false, SETUP);
            }
        },
        REGRESSION {
            @Override
            Instance instance(long seed) {
                return EvaluateInstance.reordered(
                        new EvaluateInstance.Shape(3, 2, 8, 7, ModelKind.LINEAR), seed, SETUP);
            }

            @Override
            Instance about(Instance statement, Instance witness) {
                return ((EvaluateInstance) witness).disguisedAs((EvaluateInstance) statement, SETUP);
            }

            @Override
            Relation impossible() {
                return RandomStatements.evaluate(true, SETUP);
            }
        };

        abstract Instance instance(long seed);

        /** The statement with the unrelated witness: the same commitments, opened by other blinders. */
        abstract Instance about(Instance statement, Instance witness);

        /** A statement about points that nobody can open. */
        abstract Relation impossible();

        SlowProver slowProver(Instance instance, Function<String, Scalar> randomness) {
            return new SlowProver(instance.relation(), instance.witness(), SETUP, randomness, Weakening.none());
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoProofsOfOneWitnessShareNoScalarAndNoPoint(Case c) {
        final Instance instance = c.instance(1);
        final List<Field> fields = ProofFields.of(instance.relation().structure());
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            final byte[] proof =
                    Prover.prove(instance.relation(), instance.witness(), SETUP.committer(), ProverProgress.SILENT);
            for (Field field : fields) {
                final byte[] value = Arrays.copyOfRange(proof, field.offset(), field.offset() + field.sizeBytes());
                assertTrue(seen.add(Arrays.toString(value)), field.name() + " of proof " + i);
            }
        }
        assertEquals(2 * fields.size(), seen.size());
    }

    @ParameterizedTest
    @EnumSource
    void theSimulatorMakesProofsOfAnythingWithoutAWitness(Case c) throws MalformedProofException {
        for (Relation relation : List.of(c.instance(1).relation(), c.impossible())) {
            final byte[] proof = Simulator.simulate(relation, SETUP, new SeededScalars("simulator"));
            assertTrue(Verifier.verify(relation, SETUP.key(), proof).accepted());
        }
    }

    /** So a proof's bytes can be of any witness: which one it is depends on randomness that nobody but the prover has. */
    @ParameterizedTest
    @EnumSource
    void anUnrelatedWitnessGivesTheSameBytesUnderOtherRandomness(Case c) {
        final Instance original = c.instance(1);
        final SlowProver target = c.slowProver(original, new SeededScalars("target"));
        final byte[] proof = target.prove();
        final Instance unrelated = c.about(original, c.instance(2));
        assertEquals(original.statementJson(), unrelated.statementJson());
        final Map<String, Scalar> randomness = explain(c, target, unrelated);
        assertArrayEquals(
                proof,
                UncheckedProver.proveTruly(
                        unrelated.relation(), unrelated.witness(), SETUP.committer(), randomness::get));
        assertNotEquals(new SeededScalars("target").apply("a_0"), randomness.get("a_0"));
    }

    /** The randomness with which an instance has the target's proof. */
    private static Map<String, Scalar> explain(Case c, SlowProver target, Instance instance) {
        final Map<String, Scalar> randomness = new HashMap<>();
        // pads: what was sent, less the values that this witness has under the target's challenges
        final SlowProver first = new Scripted(target, instance, randomness, "first guess");
        first.prove();
        for (int slot = 0; slot < first.values().length; slot++) {
            randomness.put(padLabel(slot), target.sent()[slot].sub(first.values()[slot]));
        }
        // a* and nu: what makes a and e the target's
        final SlowProver second = new Scripted(target, instance, randomness, "second guess");
        second.prove();
        final Scalar x = target.drawn().get(target.drawn().size() - 3);
        final Scalar y = target.drawn().get(target.drawn().size() - 4);
        final int n2 = instance.relation().structure().n2();
        randomness.merge(
                "a_star",
                at(target, "A", x).sub(at(second, "A", x)).mul(Pad.vanishing(x).inverse()),
                Scalar::add);
        randomness.merge(
                "nu",
                at(target, "g", x.inverse())
                        .sub(at(second, "g", x.inverse()))
                        .mul(y.pow(n2 + 2L).inverse()),
                Scalar::add);
        // blinders: what makes every point the target's
        final SlowProver third = new Scripted(target, instance, randomness, "third guess");
        third.prove();
        third.committed()
                .forEach((label, polynomial) -> randomness.merge(
                        label,
                        target.committed()
                                .get(label)
                                .logarithm(SETUP)
                                .sub(polynomial.logarithm(SETUP))
                                .mul(SETUP.xi().inverse()),
                        Scalar::add));
        return randomness;
    }

    private static Scalar at(SlowProver prover, String polynomial, Scalar x) {
        return Coefficients.evaluate(prover.committed().get(polynomial).coefficients(), x);
    }

    private static String padLabel(int slot) {
        return (slot % 2 == 0 ? "a_" : "b_") + slot / 2;
    }

    /** A prover that is given another proof's challenges, and makes up randomness where it has none. */
    private static final class Scripted extends SlowProver {
        private final Iterator<Scalar> script;

        Scripted(SlowProver target, Instance instance, Map<String, Scalar> randomness, String seed) {
            super(
                    instance.relation(),
                    instance.witness(),
                    SETUP,
                    label -> randomness.computeIfAbsent(label, new SeededScalars(seed)),
                    Weakening.none());
            script = target.drawn().iterator();
        }

        @Override
        protected Scalar challenge(Scalar honest) {
            return script.next();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPaddedScalarHasASlotOfItsOwn(Case c) {
        final Instance instance = c.instance(1);
        final Structure structure = instance.relation().structure();
        final List<Integer> slots = slotsInOrderOfSending(structure);
        assertEquals(
                IntStream.range(0, structure.hiddenMessages()).boxed().collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(slots));
        assertEquals(structure.hiddenMessages(), slots.size());
        assertTrue(slots.size() <= Pad.SLOTS);

        final SlowProver prover = c.slowProver(instance, new SeededScalars("slots"));
        final byte[] proof = prover.prove();
        final Set<String> clear = Set.of("out~", "a", "e");
        final List<Field> padded = ProofFields.of(structure).stream()
                .filter(field -> !field.point() && !clear.contains(field.name()))
                .toList();
        assertEquals(slots.size(), padded.size());
        for (int i = 0; i < slots.size(); i++) {
            final int slot = slots.get(i);
            final Scalar onTheWire = Scalar.reduce(Arrays.copyOfRange(
                    proof,
                    padded.get(i).offset(),
                    padded.get(i).offset() + padded.get(i).sizeBytes()));
            assertEquals(
                    prover.values()[slot].add(prover.pad(slot)),
                    onTheWire,
                    padded.get(i).name());
        }
    }

    private static List<Integer> slotsInOrderOfSending(Structure s) {
        final IntStream hidden = IntStream.range(0, s.hiddenSums().size()).map(s::hiddenSlot);
        final IntStream first = IntStream.range(0, 4 * s.n1()).map(i -> s.firstSumcheckSlot(i / 4, i % 4));
        final IntStream values = s.values().stream().mapToInt(s::valueSlot);
        final IntStream second = IntStream.range(0, 2 * s.n2()).map(i -> s.secondSumcheckSlot(i / 2, i % 2));
        return IntStream.concat(IntStream.concat(hidden, first), IntStream.concat(values, second))
                .boxed()
                .toList();
    }

    @Test
    void refusesAShapeWithMoreMessagesThanPads() {
        final Structure largest = structure(Pad.SLOTS - 6 * Structure.MAX_ROUNDS, Structure.MAX_ROUNDS);
        assertEquals(Pad.SLOTS, largest.hiddenMessages());
        largest.requireSupported();
        final Structure tooMany = structure(Pad.SLOTS + 2 - 6 * Structure.MAX_ROUNDS, Structure.MAX_ROUNDS);
        assertTrue(assertThrows(IllegalArgumentException.class, tooMany::requireSupported)
                .getMessage()
                .contains("258 pads"));
        assertThrows(IllegalArgumentException.class, structure(2, Structure.MAX_ROUNDS + 1)::requireSupported);
    }

    private static Structure structure(int count, int rounds) {
        final List<String> values =
                IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
        final ColumnSpec column = new ColumnSpec("f", rounds, ColumnSpec.Kind.FIRST_PHASE);
        return new Structure(List.of(column), 1, List.of(), List.of(), List.of(rounds), values, List.of());
    }

    /** Why every attempt draws its pads afresh: the same pads twice give away the differences of all hidden values. */
    @ParameterizedTest
    @EnumSource
    void reusedPadsLeak(Case c) {
        final SlowProver first = c.slowProver(c.instance(1), new SeededScalars("pads"));
        final SlowProver second = c.slowProver(c.instance(2), new SeededScalars("pads"));
        final SlowProver fresh = c.slowProver(c.instance(2), new SeededScalars("fresh pads"));
        first.prove();
        second.prove();
        fresh.prove();
        for (int slot = 0; slot < first.sent().length; slot++) {
            final Scalar seen = first.sent()[slot].sub(second.sent()[slot]);
            assertEquals(first.values()[slot].sub(second.values()[slot]), seen);
            final Scalar seenFresh = first.sent()[slot].sub(fresh.sent()[slot]);
            assertFalse(first.values()[slot].sub(fresh.values()[slot]).equals(seenFresh));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theProverDrawsEveryPadAndBlinderOnceAnAttempt(Case c) {
        final Instance instance = c.instance(1);
        final Map<String, Integer> draws = new HashMap<>();
        UncheckedProver.proveTruly(instance.relation(), instance.witness(), SETUP.committer(), label -> {
            draws.merge(label, 1, Integer::sum);
            return new SeededScalars("draws").apply(label);
        });
        assertTrue(draws.values().stream().allMatch(count -> count == 1), draws::toString);
        // 256 pads, a*, nu, and a blinder for every point but delta
        final long points = ProofFields.of(instance.relation().structure()).stream()
                .filter(Field::point)
                .count();
        assertEquals(Pad.SLOTS + 2 + points - 1, draws.size());
    }
}
