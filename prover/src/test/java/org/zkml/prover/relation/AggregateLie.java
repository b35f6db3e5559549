package org.zkml.prover.relation;

import org.zkml.prover.engine.Challenges;
import org.zkml.prover.field.Scalar;

/**
 * Lies about an average, each breaking exactly one constraint of {@link AggregateRelation}. Those about the lookup argument's chain of constraints all
 * start from a limb out of range.
 */
enum AggregateLie {
    /** The control: no lie. */
    NONE(null),
    /** haux is no inverse where the limb is out of range. */
    INVERSE_OF_A_LIMB(Constraint.sum(0)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onInverses(AggregateLiar liar) {
            Tables.add(liar.haux, PLACE, liar.lookupError().negate());
            liar.sumHaux = liar.haux;
        }
    },
    INVERSE_OF_AN_ENTRY_OF_THE_TABLE(Constraint.sum(1)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onInverses(AggregateLiar liar) {
            Tables.add(liar.ht, USED, liar.lookupError().mul(liar.mult.get(USED).inverse()));
            liar.sumHt = liar.ht;
        }
    },
    SUM_OF_THE_TABLE_SIDE(Constraint.sum(2)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onHiddenSum(AggregateLiar liar) {
            liar.vS = liar.vS.add(liar.lookupError());
        }
    },
    /** Sum and average are out of range, the limbs are of a model in range. */
    AVERAGE_OUT_OF_RANGE(Constraint.claim(0)) {
        @Override
        void spoil(LyingAverage average) {
            outOfRange(average);
            average.setModelLimbs(LyingAverage.K, 1000);
        }
    },
    ANOTHER_AVERAGE(Constraint.claim(1)) {
        @Override
        void spoil(LyingAverage average) {
            average.next[LyingAverage.K] += 1;
            average.setModelLimbs(LyingAverage.K, 1001);
        }
    },
    /** Divided without rounding: the remainder is that of S itself. */
    ROUNDED_DOWN(Constraint.claim(1)) {
        @Override
        void spoil(LyingAverage average) {
            average.next[LyingAverage.K] = 999;
            average.setModelLimbs(LyingAverage.K, 999);
            average.setRemainderLimbs(LyingAverage.K, 94);
        }
    },
    ANOTHER_SUM(Constraint.claim(1)) {
        @Override
        void spoil(LyingAverage average) {
            average.sums[LyingAverage.K] += 1;
        }
    },
    /** A remainder of 300 times N and more: two limbs hold it. */
    REMAINDER_ABOVE_N(Constraint.claim(2)) {
        @Override
        void spoil(LyingAverage average) {
            average.next[LyingAverage.K] = 700;
            average.setModelLimbs(LyingAverage.K, 700);
            average.setRemainderLimbs(LyingAverage.K, 300 * 148 + 20);
            average.aux[LyingAverage.limb(5, LyingAverage.K)] = 0;
            average.aux[LyingAverage.limb(6, LyingAverage.K)] = 0;
        }
    },
    RANGE_OF_LIMB_0(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }
    },
    RANGE_OF_LIMB_1(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(1);
        }
    },
    /** Sum and average are out of range: limb 2. */
    RANGE_OF_LIMB_2(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            outOfRange(average);
        }
    },
    /** An average that is too large by 1, its remainder negative: limb 3. */
    RANGE_OF_LIMB_3(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            tooLarge(average);
            average.borrow(3);
        }
    },
    /** An average that is too large by 1, its remainder negative: limb 4. */
    RANGE_OF_LIMB_4(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            tooLarge(average);
        }
    },
    /** An average that is too small by 1, its remainder above N - 1: limb 5. */
    RANGE_OF_LIMB_5(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            tooSmall(average);
            average.borrow(5);
        }
    },
    /** An average that is too small by 1, its remainder above N - 1: limb 6. */
    RANGE_OF_LIMB_6(Constraint.claim(3)) {
        @Override
        void spoil(LyingAverage average) {
            tooSmall(average);
        }
    },
    /** The sums run on the true inverses, the committed ones add up to what the lookup needs. */
    VALUE_HAUX(Constraint.claim(4)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onInverses(AggregateLiar liar) {
            Tables.add(liar.haux, PLACE, liar.lookupError().negate());
        }
    },
    /** The sums run on limbs in range, the committed ones are not. */
    VALUE_D(Constraint.claim(5)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onEntries(AggregateLiar liar) {
            liar.limbs.set(PLACE, Scalar.ZERO);
        }
    },
    /** Multiplicities chosen after alpha. */
    VALUE_MULT(Constraint.claim(6)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onInverses(AggregateLiar liar) {
            Tables.add(liar.sumMult, 3, liar.lookupError().mul(liar.denominator(3)));
        }
    },
    /** Inverses of the table chosen after upsilon: changed in two places, so that their weighted sum stays. */
    VALUE_HT(Constraint.claim(7)) {
        @Override
        void spoil(LyingAverage average) {
            average.carry(0);
        }

        @Override
        void onSums(AggregateLiar liar, Challenges c) {
            if (!liar.mult.get(UNUSED).isZero()) {
                throw new IllegalStateException("a limb is " + UNUSED);
            }
            final Scalar used = Tables.at(c.point(2), USED).mul(liar.denominator(USED));
            final Scalar other = Tables.at(c.point(2), UNUSED).mul(liar.denominator(UNUSED));
            final Scalar change = liar.lookupError().mul(liar.mult.get(USED).inverse());
            Tables.add(liar.sumHt, USED, change);
            Tables.add(liar.sumHt, UNUSED, change.mul(used).mul(other.inverse()).negate());
        }
    };

    /** Where limb 0 of the feature is in aux. */
    private static final int PLACE = LyingAverage.limb(0, LyingAverage.K);

    /** Entries of the lookup table: 0 is limb 7 of every feature, 253 is none. */
    private static final int USED = 0;

    private static final int UNUSED = 253;

    private final Constraint broken;

    AggregateLie(Constraint broken) {
        this.broken = broken;
    }

    /** The constraint that this lie breaks, or null for {@link #NONE}. */
    Constraint broken() {
        return broken;
    }

    LyingAverage average() {
        final LyingAverage average = new LyingAverage();
        spoil(average);
        return average;
    }

    /** The least weight beyond the range. */
    private static void outOfRange(LyingAverage average) {
        final long end = LyingAverage.SHAPE.format().weightEnd();
        average.sums[LyingAverage.K] += 148 * (end - 1000);
        average.next[LyingAverage.K] = end;
        average.setModelLimbs(LyingAverage.K, end);
    }

    private static void tooLarge(LyingAverage average) {
        average.next[LyingAverage.K] = 1001;
        average.setModelLimbs(LyingAverage.K, 1001);
        average.setRemainderLimbs(LyingAverage.K, 20 - 148);
    }

    private static void tooSmall(LyingAverage average) {
        average.next[LyingAverage.K] = 999;
        average.setModelLimbs(LyingAverage.K, 999);
        average.setRemainderLimbs(LyingAverage.K, 20 + 148);
    }

    void spoil(LyingAverage average) {}

    void onEntries(AggregateLiar liar) {}

    void onInverses(AggregateLiar liar) {}

    void onSums(AggregateLiar liar, Challenges c) {}

    void onHiddenSum(AggregateLiar liar) {}
}
