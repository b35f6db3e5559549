package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.RoundedAverage;
import org.zkml.prover.poly.Eq;
import org.zkml.prover.poly.MultilinearPolynomial;
import org.zkml.prover.sumcheck.SumGroup;
import org.zkml.prover.sumcheck.SumGroup.Part;
import org.zkml.prover.sumcheck.SumGroup.Term;

/** The secret side of {@link AggregateRelation}: the weighted sum of the round's models and its average, but none of the models. */
public final class AggregateWitness implements Witness {

    private final AggregateStatement statement;
    private final Blinded sum;
    private final Blinded next;
    private final MultilinearPolynomial aux;
    private final MultilinearPolynomial mult;
    private FrVector d;
    private FrVector entries;
    private MultilinearPolynomial haux;
    private MultilinearPolynomial ht;

    /**
     * @param sum S(k), the weighted sum of the models; elements above r/2 stand for negative integers
     * @param next W_next(k), the rounded average
     * @throws IllegalArgumentException if a sum is out of the range of {@link RoundedAverage#of}, or W_next is another model than the average
     */
    public AggregateWitness(AggregateStatement statement, Blinded sum, Blinded next) {
        this.statement = statement;
        this.sum = sum;
        this.next = next;
        final RoundedAverage average =
                RoundedAverage.of(new FixedPoint(statement.b()), integers(sum.polynomial()), statement.weightTotal());
        requireAverage(next.polynomial(), average.averages());
        final int[] limbs = limbs(statement, average);
        this.aux = MultilinearPolynomial.ofSmall(limbs);
        final int[] counts = new int[1 << statement.b()];
        for (int limb : limbs) {
            counts[limb]++;
        }
        this.mult = MultilinearPolynomial.ofSmall(counts);
    }

    private static BigInteger[] integers(MultilinearPolynomial column) {
        final FrVector values = column.values();
        final BigInteger[] integers = new BigInteger[values.size()];
        final BigInteger half = Fr.MODULUS.shiftRight(1);
        Arrays.setAll(integers, k -> {
            final BigInteger value = values.get(k).toBigInteger();
            return value.compareTo(half) > 0 ? value.subtract(Fr.MODULUS) : value;
        });
        return integers;
    }

    private static void requireAverage(MultilinearPolynomial next, long... averages) {
        if (next.size() != averages.length) {
            throw new IllegalArgumentException(
                    "W_next has " + next.size() + " values, the sum of the models " + averages.length);
        }
        final FrVector values = next.values();
        for (int k = 0; k < averages.length; k++) {
            if (!values.get(k).equals(Scalar.of(averages[k]))) {
                throw new IllegalArgumentException("W_next[" + k + "] is not " + averages[k]
                        + ", the average rounded half up: commit to the averages");
            }
        }
    }

    /** aux(l, k), k low: three limbs of W_next + offW, two of the remainder, two of N - 1 - remainder, zero. */
    private static int[] limbs(AggregateStatement statement, RoundedAverage average) {
        final int b = statement.b();
        final int features = average.averages().length;
        final int[] limbs = new int[Limbs.COUNT * features];
        for (int k = 0; k < features; k++) {
            final long weight = average.averages()[k] + new FixedPoint(b).offW();
            final long remainder = average.remainders()[k];
            final long slack = statement.weightTotal() - 1 - remainder;
            final long[] shifted = {
                weight, weight >> b, weight >> (2 * b), remainder, remainder >> b, slack, slack >> b, 0
            };
            for (int l = 0; l < Limbs.COUNT; l++) {
                limbs[k + features * l] = (int) (shifted[l] & ((1L << b) - 1));
            }
        }
        return limbs;
    }

    @Override
    public List<Blinded> statementColumns() {
        return List.of(sum, next);
    }

    @Override
    public List<MultilinearPolynomial> firstPhase() {
        return List.of(aux, mult);
    }

    @Override
    public List<MultilinearPolynomial> secondPhase(Challenges c) {
        final Scalar alpha = c.first(0);
        d = Lookup.shifted(aux, alpha);
        entries = Lookup.indexTable(1 << statement.b(), alpha);
        haux = MultilinearPolynomial.of(Lookup.inverses(d));
        ht = MultilinearPolynomial.of(Lookup.inverses(entries));
        return List.of(haux, ht);
    }

    @Override
    public Scalar[] hiddenSums(Challenges c) {
        return new Scalar[] {FrVector.innerProduct(mult.values(), ht.values())};
    }

    @Override
    public List<SumGroup> sums(Challenges c) {
        return List.of(
                Lookup.inverseSum(0, c.point(1), haux, d),
                new SumGroup(
                        statement.b(),
                        List.of(
                                new Part(1, 0, List.of(Term.plus(1, 2), Term.minus())),
                                new Part(2, -1, List.of(Term.plus(1, 3)))),
                        Eq.table(c.point(2)),
                        ht.toVector(),
                        entries,
                        mult.toVector()));
    }

    @Override
    public Scalar[] values(List<SumGroup> bound) {
        return new Scalar[] {
            bound.get(0).factor(1).get(0),
            bound.get(0).factor(2).get(0),
            bound.get(1).factor(3).get(0),
            bound.get(1).factor(1).get(0)
        };
    }

    @Override
    public Scalar[] clearValues(Challenges c) {
        return new Scalar[0];
    }
}
