package org.zkml.prover.sumcheck;

import java.util.Arrays;
import org.zkml.prover.field.Fr;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.parallel.Parallel;
import org.zkml.prover.poly.Multilinear;

/**
 * The prover's side of one {@link SumGroup} in the first sum-check. While there are more rounds to come than the group has
 * variables, the group stands for its claim times {@code 1 - X}; then it is bound variable by variable.
 */
final class GroupSumcheck {

    private static final int MIN_CHUNK = 512;
    private static final int POINTS = SumGroup.MAX_DEGREE + 1;

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
        for (int i = 0; i < group.factorCount(); i++) {
            Multilinear.bindHighest(group.factor(i), 1 << k, r);
        }
    }

    /** The round polynomial at 0, 2, 3, .. degree. */
    private Scalar[] evaluations(int half) {
        final int parts = group.parts().size();
        final long[] sums = new long[Fr.LIMBS * parts * POINTS];
        Parallel.forRange(0, half, MIN_CHUNK, (from, to) -> {
            final long[] own = new Kernel(group, degree).run(half, from, to);
            synchronized (sums) {
                for (int i = 0; i < own.length; i += Fr.LIMBS) {
                    Fr.add(sums, i, sums, i, own, i);
                }
            }
        });
        final Scalar[] values = new Scalar[degree];
        Arrays.fill(values, Scalar.ZERO);
        for (int part = 0; part < parts; part++) {
            for (int point = 0; point < degree; point++) {
                values[point] = values[point].add(coefficients[part].mul(Scalar.get(sums, part * POINTS + point)));
            }
        }
        return values;
    }

    /** One thread's share of a round: no object an element. */
    private static final class Kernel {
        private final SumGroup group;
        private final int degree;
        private final long[] values; // factor by factor, at the points 0, 2, 3, 4
        private final long[] sums;
        private final long[] t = new long[2 * Fr.LIMBS];
        private final long[] one = new long[Fr.LIMBS];

        Kernel(SumGroup group, int degree) {
            this.group = group;
            this.degree = degree;
            this.values = new long[Fr.LIMBS * group.factorCount() * POINTS];
            this.sums = new long[Fr.LIMBS * group.parts().size() * POINTS];
            Fr.setOne(one, 0);
        }

        long[] run(int half, int from, int to) {
            for (int i = from; i < to; i++) {
                for (int f = 0; f < group.factorCount(); f++) {
                    extend(group.factor(f), Fr.LIMBS * i, Fr.LIMBS * (half + i), Fr.LIMBS * POINTS * f);
                }
                for (int p = 0; p < group.parts().size(); p++) {
                    for (int point = 0; point < degree; point++) {
                        addSummand(group.parts().get(p), point, Fr.LIMBS * (p * POINTS + point));
                    }
                }
            }
            return sums;
        }

        /** Values at 0, 2, 3, .. of the line through lo (at 0) and hi (at 1). */
        private void extend(long[] table, int lo, int hi, int to) {
            Fr.copy(values, to, table, lo);
            if (degree > 1) {
                Fr.sub(t, 0, table, hi, table, lo);
                Fr.add(values, to + Fr.LIMBS, table, hi, t, 0);
                for (int point = 2; point < degree; point++) {
                    Fr.add(values, to + Fr.LIMBS * point, values, to + Fr.LIMBS * (point - 1), t, 0);
                }
            }
        }

        private void addSummand(SumGroup.Part part, int point, int sum) {
            Fr.setZero(t, Fr.LIMBS);
            for (SumGroup.Term term : part.terms()) {
                multiply(term.factors(), point);
                if (term.negative()) {
                    Fr.sub(t, Fr.LIMBS, t, Fr.LIMBS, t, 0);
                } else {
                    Fr.add(t, Fr.LIMBS, t, Fr.LIMBS, t, 0);
                }
            }
            if (part.weight() >= 0) {
                Fr.mul(t, Fr.LIMBS, t, Fr.LIMBS, values, Fr.LIMBS * (POINTS * part.weight() + point));
            }
            Fr.add(sums, sum, sums, sum, t, Fr.LIMBS);
        }

        private void multiply(int[] factors, int point) {
            if (factors.length == 0) {
                Fr.copy(t, 0, one, 0);
                return;
            }
            Fr.copy(t, 0, values, Fr.LIMBS * (POINTS * factors[0] + point));
            for (int i = 1; i < factors.length; i++) {
                Fr.mul(t, 0, t, 0, values, Fr.LIMBS * (POINTS * factors[i] + point));
            }
        }
    }
}
