package org.zkml.prover.sumcheck;

import java.util.Arrays;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;

/**
 * The prover's side of one {@link SumGroup} in the first sum-check. While there are more rounds to come than the group has
 * variables, the group stands for its claim times {@code 1 - X}; then it is bound variable by variable.
 */
final class GroupSumcheck {

    private static final int MIN_CHUNKS = 2;
    private static final int AT_INFINITY = 1;

    private final SumGroup group;
    private final Scalar[] coefficients; // of the parts
    private final int degree;
    private Scalar claim;
    private Scalar lift = Scalar.ONE; // prod (1 - r_k) over the variables above the group's

    private Scalar[] round;

    GroupSumcheck(SumGroup group, Scalar[] sumClaims, Scalar gamma) {
        this.group = group;
        this.degree = group.degree();
        this.coefficients = new Scalar[group.parts().size()];
        this.claim = Scalar.ZERO;
        for (int i = 0; i < coefficients.length; i++) {
            final int sum = group.parts().get(i).sum();
            coefficients[i] = gamma.pow(sum);
            claim = claim.add(coefficients[i].mul(sumClaims[sum]));
        }
    }

    /** Adds this group's round polynomial, by coefficients c_0 .. c_4, when variable k is next. */
    void addRound(int k, Scalar[] total) {
        if (k >= group.numVars()) {
            total[0] = total[0].add(lift.mul(claim));
            total[1] = total[1].sub(lift.mul(claim));
            return;
        }
        round = RoundPolynomial.interpolate(evaluations(1 << k), claim);
        for (int d = 0; d < round.length; d++) {
            total[d] = total[d].add(lift.mul(round[d]));
        }
    }

    /** Binds variable k to r. */
    void bind(int k, Scalar r) {
        if (k >= group.numVars()) {
            lift = lift.mul(Scalar.ONE.sub(r));
            return;
        }
        claim = RoundPolynomial.evaluate(round, r);
        group.bindHighest(r);
    }

    /** The round polynomial at 0 and the {@link RoundPolynomial.Point}s. */
    private Scalar[] evaluations(int half) {
        final int parts = group.parts().size();
        final Scalar[] values = new Scalar[degree];
        Arrays.fill(values, Scalar.ZERO);
        final int chunks = (half + FrVector.CHUNK - 1) / FrVector.CHUNK;
        Parallel.forRange(0, chunks, MIN_CHUNKS, (from, to) -> {
            final Kernel kernel = new Kernel(group, degree);
            for (int chunk = from; chunk < to; chunk++) {
                final int at = chunk * FrVector.CHUNK;
                kernel.add(at, half + at, Math.min(FrVector.CHUNK, half - at));
            }
            synchronized (values) {
                for (int part = 0; part < parts; part++) {
                    for (int point = 0; point < degree; point++) {
                        values[point] = values[point].add(coefficients[part].mul(kernel.sum(part, point)));
                    }
                }
            }
        });
        return values;
    }

    /** One thread's share of a round, a chunk at a time. */
    private static final class Kernel {
        private final SumGroup group;
        private final int degree;
        private final FrVector[][] values; // of each factor at each point
        private final FrVector[] sums; // part by part
        private final FrVector slope;
        private final FrVector product;
        private final FrVector summand;
        private final FrVector one;

        Kernel(SumGroup group, int degree) {
            this.group = group;
            this.degree = degree;
            final FrVector form = group.factor(0);
            this.values = new FrVector[group.factorCount()][degree];
            for (FrVector[] points : values) {
                Arrays.setAll(points, i -> form.like(FrVector.CHUNK));
            }
            this.sums = new FrVector[group.parts().size() * degree];
            Arrays.setAll(sums, i -> form.like(FrVector.CHUNK));
            this.slope = form.like(FrVector.CHUNK);
            this.product = form.like(FrVector.CHUNK);
            this.summand = form.like(FrVector.CHUNK);
            this.one = form.constant(Scalar.ONE);
        }

        Scalar sum(int part, int point) {
            return sums[degree * part + point].sum(0, FrVector.CHUNK);
        }

        /** Adds the summands of the pairs of values from lo and hi on. */
        void add(int lo, int hi, int count) {
            for (int f = 0; f < values.length; f++) {
                extend(values[f], group.factor(f), lo, hi, count);
            }
            for (int p = 0; p < group.parts().size(); p++) {
                for (int point = 0; point < degree; point++) {
                    if (evaluate(group.parts().get(p), point, count)) {
                        final FrVector sum = sums[degree * p + point];
                        sum.add(0, sum, 0, summand, 0, count);
                    }
                }
            }
        }

        /** The line through lo (at 0) and hi (at 1) at 0, infinity (its slope), 2 and -1. */
        private void extend(FrVector[] points, FrVector table, int lo, int hi, int count) {
            points[0].copy(0, table, lo, count);
            if (degree > 1) {
                points[1].sub(0, table, hi, table, lo, count);
            }
            if (degree > 2) {
                points[2].add(0, table, hi, points[1], 0, count);
            }
            if (degree > 3) {
                points[3].sub(0, table, lo, points[1], 0, count);
            }
        }

        /** Sets the summand to a part at a point; false if there is nothing of it: at infinity only terms of full degree count. */
        private boolean evaluate(SumGroup.Part part, int point, int count) {
            boolean any = false;
            for (SumGroup.Term term : part.terms()) {
                if (point == AT_INFINITY && part.degree(term) < degree) {
                    continue;
                }
                final FrVector value = multiply(term.factors(), point, count);
                if (!any) {
                    summand.clear(count);
                }
                if (term.negative()) {
                    summand.sub(0, summand, 0, value, 0, count);
                } else {
                    summand.add(0, summand, 0, value, 0, count);
                }
                any = true;
            }
            if (any && part.weight() >= 0) {
                summand.mul(0, summand, 0, values[part.weight()][point], 0, count);
            }
            return any;
        }

        private FrVector multiply(int[] factors, int point, int count) {
            if (factors.length == 0) {
                return one;
            }
            FrVector value = values[factors[0]][point];
            for (int i = 1; i < factors.length; i++) {
                product.mul(0, value, 0, values[factors[i]][point], 0, count);
                value = product;
            }
            return value;
        }
    }
}
