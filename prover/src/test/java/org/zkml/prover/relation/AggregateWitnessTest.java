package org.zkml.prover.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.engine.MalformedProofException;
import org.zkml.prover.engine.Prover;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.engine.Verifier;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.RoundedAverage;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.vectors.SeededScalars;

class AggregateWitnessTest {

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final AggregateInstance.Shape SHAPE = new AggregateInstance.Shape(2, 8, 148);

    private static Blinded blinded(long... values) {
        return new Blinded(MultilinearPolynomial.ofLongs(values), Scalar.ONE);
    }

    private static String refusal(Blinded sum, Blinded next) {
        final AggregateStatement statement = AggregateInstance.statement(SHAPE, 1, sum, next, SETUP);
        return assertThrows(IllegalArgumentException.class, () -> new AggregateWitness(statement, sum, next))
                .getMessage();
    }

    /** The sum of commitments is all that the statement knows: it commits to the sum of the models, whose average is proved. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void provesTheAverageOfCommittedModels(long seed) throws MalformedProofException {
        final Random random = new Random(seed);
        final SeededScalars blinders = new SeededScalars("models " + seed);
        final FixedPoint format = SHAPE.format();
        final long[] weights = {1, 100, 47};
        final BigInteger[] integers = new BigInteger[1 << SHAPE.lk()];
        Arrays.fill(integers, BigInteger.ZERO);
        final FrVector sums = FrVector.zeros(integers.length);
        Scalar blinder = Scalar.ZERO;
        G1Affine commitment = G1Affine.INFINITY;
        for (int i = 0; i < weights.length; i++) {
            final Scalar weight = Scalar.of(weights[i]);
            final long[] model = random.longs(integers.length, format.weightMin(), format.weightEnd())
                    .toArray();
            final Blinded committed = new Blinded(MultilinearPolynomial.ofLongs(model), blinders.apply("model " + i));
            commitment = commitment.add(Instance.commit(committed, SETUP).mul(weight));
            committed.polynomial().addTo(sums, weight);
            blinder = blinder.add(committed.blinder().mul(weight));
            for (int k = 0; k < model.length; k++) {
                integers[k] = integers[k].add(BigInteger.valueOf(weights[i]).multiply(BigInteger.valueOf(model[k])));
            }
        }
        final Blinded sum = new Blinded(MultilinearPolynomial.of(sums), blinder);
        final Blinded next = new Blinded(
                MultilinearPolynomial.ofLongs(
                        RoundedAverage.of(format, integers, SHAPE.weightTotal()).averages()),
                blinders.apply("next"));
        final AggregateStatement statement = AggregateInstance.statement(SHAPE, seed, sum, next, SETUP);
        assertEquals(commitment, statement.sum());
        final AggregateRelation relation = new AggregateRelation(statement);
        final byte[] proof = Prover.prove(
                relation, new AggregateWitness(statement, sum, next), SETUP.committer(), ProverProgress.SILENT);
        assertTrue(Verifier.verify(relation, SETUP.key(), proof).accepted());
    }

    @Test
    void refusesAnotherModelThanTheAverage() {
        final Blinded sum = blinded(0, 1480, -1480, 74);
        assertEquals(
                "W_next[3] is not 1, the average rounded half up: commit to the averages",
                refusal(sum, blinded(0, 10, -10, 0)));
        assertTrue(refusal(sum, blinded(0, 10, 10, 1)).startsWith("W_next[2] is not -10,"));
        assertEquals("W_next has 2 values, the sum of the models 4", refusal(sum, blinded(0, 10)));
        assertEquals("W_next has 8 values, the sum of the models 4", refusal(sum, blinded(0, 10, -10, 1, 0, 0, 0, 0)));
    }

    /** So a share that is missing is found before anything is proved: a part of a shared sum is any element of the field. */
    @Test
    void refusesSumsThatAreOfNoModelsInRange() {
        final FrVector table = FrVector.zeros(4);
        table.set(2, new SeededScalars("missing share").apply("sum"));
        final Blinded sum = new Blinded(MultilinearPolynomial.of(table), Scalar.ONE);
        final String refusal = refusal(sum, blinded(0, 0, 0, 0));
        assertTrue(refusal.startsWith("the sum of weight 2 is "), refusal);
        assertTrue(refusal.contains("check that every contributor's share is in it, once"), refusal);
    }

    @Test
    void refusesTablesOfAnotherSizeThanTheStatements() {
        final AggregateStatement statement = AggregateInstance.statement(SHAPE, 1, blinded(0, 0), blinded(0, 0), SETUP);
        final AggregateWitness witness = new AggregateWitness(statement, blinded(0, 0), blinded(0, 0));
        final IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Prover.prove(
                        new AggregateRelation(statement), witness, SETUP.committer(), ProverProgress.SILENT));
        assertTrue(refusal.getMessage().contains("the statement says 2"), refusal.getMessage());
    }
}
