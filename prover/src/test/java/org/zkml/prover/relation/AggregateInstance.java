package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Random;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Witness.Blinded;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.RoundedAverage;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.vectors.SeededScalars;

/** A weighted sum of models and its average, with commitments, statement and witness. */
public record AggregateInstance(AggregateStatement statement, Blinded sum, Blinded next) implements Instance {

    /** 2^lk features, limbs of b bits, models of total weight weightTotal. */
    public record Shape(int lk, int b, long weightTotal) {
        FixedPoint format() {
            return new FixedPoint(b);
        }
    }

    /** Sums over the whole range, both of its ends among them where there is room. */
    public static AggregateInstance random(Shape shape, long seed, KnownSetup setup) {
        final Random random = new Random(seed);
        final FixedPoint format = shape.format();
        final BigInteger n = BigInteger.valueOf(shape.weightTotal);
        final BigInteger[] sums = new BigInteger[1 << shape.lk];
        for (int k = 0; k < sums.length; k++) {
            final long floor = random.nextLong(format.weightMin(), format.weightEnd() - 1);
            sums[k] = n.multiply(BigInteger.valueOf(floor)).add(BigInteger.valueOf(random.nextLong(shape.weightTotal)));
        }
        if (shape.lk > 0) {
            sums[0] = n.multiply(BigInteger.valueOf(format.weightMin()));
            sums[sums.length - 1] = n.multiply(BigInteger.valueOf(format.weightEnd() - 1));
        }
        return of(shape, sums, seed, setup);
    }

    /** The honest average of these sums; blinders from the seed. */
    static AggregateInstance of(Shape shape, BigInteger[] sums, long seed, KnownSetup setup) {
        final RoundedAverage average = RoundedAverage.of(shape.format(), sums, shape.weightTotal);
        final FrVector table = FrVector.zeros(sums.length);
        for (int k = 0; k < sums.length; k++) {
            table.set(k, Scalar.of(sums[k]));
        }
        return of(
                shape, MultilinearPolynomial.of(table), MultilinearPolynomial.ofLongs(average.averages()), seed, setup);
    }

    /** Any tables; blinders from the seed. */
    static AggregateInstance of(
            Shape shape, MultilinearPolynomial sum, MultilinearPolynomial next, long seed, KnownSetup setup) {
        final SeededScalars blinders = new SeededScalars("blinders of average " + seed);
        final Blinded blindedSum = new Blinded(sum, blinders.apply("S"));
        final Blinded blindedNext = new Blinded(next, blinders.apply("W_next"));
        return new AggregateInstance(statement(shape, seed, blindedSum, blindedNext, setup), blindedSum, blindedNext);
    }

    static AggregateStatement statement(Shape shape, long seed, Blinded sum, Blinded next, KnownSetup setup) {
        final SeededScalars words = new SeededScalars("statement " + seed);
        return new AggregateStatement(
                BigInteger.valueOf(31337),
                Instance.address(words.apply("registry")),
                Instance.address(words.apply("owner")),
                BigInteger.valueOf(seed & 0xffff),
                BigInteger.valueOf(seed & 3),
                shape.lk,
                shape.b,
                shape.weightTotal,
                Instance.commit(sum, setup),
                Instance.commit(next, setup),
                setup.key());
    }

    @Override
    public AggregateRelation relation() {
        return new AggregateRelation(statement);
    }

    @Override
    public AggregateWitness witness() {
        return new AggregateWitness(statement, sum, next);
    }

    /** This average under another's statement, with the blinders that fit it. */
    public AggregateInstance disguisedAs(AggregateInstance other, KnownSetup setup) {
        return new AggregateInstance(
                other.statement,
                Instance.disguised(sum, other.sum, setup),
                Instance.disguised(next, other.next, setup));
    }
}
