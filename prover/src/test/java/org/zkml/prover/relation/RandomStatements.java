package org.zkml.prover.relation;

import java.math.BigInteger;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.vectors.SeededScalars;

/** Statements about random points, which commit to nothing that anybody knows. */
public final class RandomStatements {

    private RandomStatements() {}

    private static G1Affine point(String name) {
        return G1Affine.GENERATOR.mul(new SeededScalars("random statements").apply(name));
    }

    public static TrainRelation train(KnownSetup setup) {
        return new TrainRelation(new TrainStatement(
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.TWO,
                BigInteger.ONE,
                BigInteger.ZERO,
                new TrainStatement.Shape(1, 3, 2, 3, 5, 10),
                8,
                BigInteger.valueOf(12345),
                BigInteger.valueOf(678),
                point("C_table"),
                point("C_X"),
                point("C_Y"),
                point("C_in"),
                point("C_out"),
                setup.key()));
    }

    public static AggregateRelation aggregate(KnownSetup setup) {
        return new AggregateRelation(new AggregateStatement(
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.TWO,
                BigInteger.ONE,
                BigInteger.ZERO,
                4,
                10,
                54_321,
                point("C_sum"),
                point("C_next"),
                setup.key()));
    }

    public static DatasetRelation dataset(KnownSetup setup) {
        return new DatasetRelation(new DatasetStatement(
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.TWO,
                BigInteger.TEN,
                4,
                3,
                10,
                11,
                5,
                point("C_X"),
                point("C_Y"),
                setup.key()));
    }

    public static InferRelation infer(KnownSetup setup) {
        return new InferRelation(new InferStatement(
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.TWO,
                BigInteger.ONE,
                BigInteger.TEN,
                3,
                2,
                8,
                6,
                point("C_table"),
                point("C_X"),
                point("C_W"),
                point("C_P"),
                setup.key()));
    }

    public static EvaluateRelation evaluate(boolean regression, KnownSetup setup) {
        return new EvaluateRelation(new EvaluateStatement(
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.TWO,
                BigInteger.ONE,
                BigInteger.ZERO,
                regression,
                4,
                3,
                8,
                6,
                11,
                regression ? 0 : 5,
                BigInteger.valueOf(12_345),
                point("C_table"),
                point("C_X"),
                point("C_Y"),
                point("C_W"),
                setup.key()));
    }
}
