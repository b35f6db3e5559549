package org.zkml.prover.relation;

import java.math.BigInteger;
import java.util.Arrays;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.fixedpoint.RoundedAverage;
import org.zkml.prover.poly.MultilinearPolynomial;

/** An average of models of total weight 148 with limbs of 8 bits, for lies to change: they are about feature {@link #K}. */
final class LyingAverage {

    static final AggregateInstance.Shape SHAPE = new AggregateInstance.Shape(2, 8, 148);

    /** The feature that is lied about: its average is 1000, its remainder 20. */
    static final int K = 1;

    private static final long SUM = 148 * 1000 + 20 - 74;

    /** What is committed: S, W_next and aux. */
    final long[] sums = {-123_456_789, SUM, 0, 148 * 8_388_000L};

    final long[] next;
    final long[] aux = new long[Limbs.COUNT << SHAPE.lk()];

    LyingAverage() {
        final BigInteger[] integers =
                Arrays.stream(sums).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
        final RoundedAverage average = RoundedAverage.of(SHAPE.format(), integers, SHAPE.weightTotal());
        next = average.averages();
        for (int k = 0; k < next.length; k++) {
            setModelLimbs(k, next[k]);
            setRemainderLimbs(k, average.remainders()[k]);
        }
    }

    /** Index of limb l of feature k. */
    static int limb(int l, int k) {
        return k + (l << SHAPE.lk());
    }

    /** Limbs 0 to 2, the last one of any size. */
    void setModelLimbs(int k, long weight) {
        final long shifted = weight + SHAPE.format().offW();
        aux[limb(0, k)] = shifted & 0xff;
        aux[limb(1, k)] = shifted >> 8 & 0xff;
        aux[limb(2, k)] = shifted >> 16;
    }

    /** Limbs 3 and 4 of a remainder, 5 and 6 of what it is below N - 1, the higher ones of any size and sign. */
    void setRemainderLimbs(int k, long remainder) {
        final long slack = SHAPE.weightTotal() - 1 - remainder;
        aux[limb(3, k)] = remainder & 0xff;
        aux[limb(4, k)] = remainder >> 8;
        aux[limb(5, k)] = slack & 0xff;
        aux[limb(6, k)] = slack >> 8;
    }

    /** The same number with 2^b more in one limb and 1 less in the next. */
    void carry(int l) {
        aux[limb(l, K)] += 256;
        aux[limb(l + 1, K)] -= 1;
    }

    /** The same number with 2^b less in one limb and 1 more in the next. */
    void borrow(int l) {
        aux[limb(l, K)] -= 256;
        aux[limb(l + 1, K)] += 1;
    }

    AggregateInstance instance(long seed, KnownSetup setup) {
        return AggregateInstance.of(
                SHAPE, MultilinearPolynomial.ofLongs(sums), MultilinearPolynomial.ofLongs(next), seed, setup);
    }
}
