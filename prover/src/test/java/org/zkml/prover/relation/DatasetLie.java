package org.zkml.prover.relation;

import java.util.Random;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.field.Scalar;

/**
 * Lies about a data set, each breaking exactly one constraint of {@link DatasetRelation}. Most are about an entry that is out of range: the lookup
 * argument has a chain of constraints, and a lie for each link of it.
 */
enum DatasetLie {
    /** The control: no lie. */
    NONE(null, Data.TRUE),
    /** hx is no inverse where the entry is out of range. */
    INVERSE_OF_A_FEATURE(Constraint.sum(0), Data.FEATURE_TOO_LARGE) {
        @Override
        void onInverses(DatasetLiar liar) {
            Tables.add(liar.hx, Data.PLACE_X, liar.lookupError().negate());
            liar.sumHx = liar.hx;
        }
    },
    INVERSE_OF_A_TARGET(Constraint.sum(1), Data.TARGET_TOO_SMALL) {
        @Override
        void onInverses(DatasetLiar liar) {
            Tables.add(liar.hy, Data.PLACE_Y, liar.lookupError().negate());
            liar.sumHy = liar.hy;
        }
    },
    INVERSE_OF_AN_ENTRY_OF_THE_TABLE(Constraint.sum(2), Data.FEATURE_TOO_LARGE) {
        @Override
        void onInverses(DatasetLiar liar) {
            final int entry = liar.usedEntry();
            Tables.add(
                    liar.ht, entry, liar.lookupError().mul(liar.mult.get(entry).inverse()));
            liar.sumHt = liar.ht;
        }
    },
    SUM_OF_THE_TABLE_SIDE(Constraint.sum(3), Data.FEATURE_TOO_LARGE) {
        @Override
        void onHiddenSum(DatasetLiar liar) {
            liar.vS = liar.vS.add(liar.lookupError());
        }
    },
    INTERCEPT(Constraint.claim(0), Data.INTERCEPT_CHANGED),
    DATA_IN_AN_UNUSED_ROW(Constraint.claim(1), Data.HIDDEN_ROW),
    DATA_IN_AN_UNUSED_COLUMN(Constraint.claim(1), Data.HIDDEN_COLUMN),
    TARGET_IN_AN_UNUSED_ROW(Constraint.claim(2), Data.HIDDEN_TARGET),
    SUM_OF_THE_COLUMNS_SIDE(Constraint.claim(3), Data.TARGET_TOO_SMALL),
    /** The sums run on the true inverses, the committed ones add up to what the lookup needs. */
    VALUE_HX(Constraint.claim(4), Data.FEATURE_TOO_LARGE) {
        @Override
        void onInverses(DatasetLiar liar) {
            Tables.add(liar.hx, Data.PLACE_X, liar.lookupError().negate());
        }
    },
    /** The sums run on an entry in range, the committed one is not. */
    VALUE_D1(Constraint.claim(5), Data.FEATURE_TOO_LARGE) {
        @Override
        void onEntries(DatasetLiar liar) {
            liar.entriesX.set(Data.PLACE_X, Scalar.ZERO);
        }
    },
    VALUE_HY(Constraint.claim(6), Data.TARGET_TOO_SMALL) {
        @Override
        void onInverses(DatasetLiar liar) {
            Tables.add(liar.hy, Data.PLACE_Y, liar.lookupError().negate());
        }
    },
    VALUE_D2(Constraint.claim(7), Data.TARGET_TOO_SMALL) {
        @Override
        void onEntries(DatasetLiar liar) {
            liar.entriesY.set(Data.PLACE_Y, Scalar.ZERO);
        }
    },
    /** Multiplicities chosen after alpha. */
    VALUE_MULT(Constraint.claim(8), Data.FEATURE_TOO_LARGE) {
        @Override
        void onInverses(DatasetLiar liar) {
            Tables.add(liar.sumMult, 3, liar.lookupError().mul(liar.denominator(3)));
        }
    },
    /** Inverses of the table chosen after upsilon: changed in two places, so that their weighted sum stays. */
    VALUE_HT(Constraint.claim(9), Data.FEATURE_TOO_LARGE) {
        @Override
        void onSums(DatasetLiar liar, Challenges c) {
            final Scalar[] weights = {Data.weight(liar, c, liar.usedEntry()), Data.weight(liar, c, Data.UNUSED_ENTRY)};
            final Scalar change =
                    liar.lookupError().mul(liar.mult.get(liar.usedEntry()).inverse());
            Tables.add(liar.sumHt, liar.usedEntry(), change);
            Tables.add(
                    liar.sumHt,
                    Data.UNUSED_ENTRY,
                    change.mul(weights[0]).mul(weights[1].inverse()).negate());
        }
    };

    /** The tables that the lies are about: 7 rows of 8, 3 features of 4, b = 8. */
    enum Data {
        TRUE {
            @Override
            void spoil(int[] x, int[] y) {}
        },
        FEATURE_TOO_LARGE {
            @Override
            void spoil(int[] x, int[] y) {
                x[PLACE_X] = 128;
            }
        },
        TARGET_TOO_SMALL {
            @Override
            void spoil(int[] x, int[] y) {
                y[PLACE_Y] = -129;
            }
        },
        INTERCEPT_CHANGED {
            @Override
            void spoil(int[] x, int[] y) {
                x[4 * 5] = 17;
            }
        },
        HIDDEN_ROW {
            @Override
            void spoil(int[] x, int[] y) {
                x[4 * 7 + 1] = 100;
            }
        },
        HIDDEN_COLUMN {
            @Override
            void spoil(int[] x, int[] y) {
                x[4 * 2 + 3] = -1;
            }
        },
        HIDDEN_TARGET {
            @Override
            void spoil(int[] x, int[] y) {
                y[7] = 1;
            }
        };

        static final int PLACE_X = 4 * 3 + 2;
        static final int PLACE_Y = 4;
        /** An entry of the lookup table that no data set of these has: 2^{b-1} + 127 - 1. */
        static final int UNUSED_ENTRY = 254;

        static final DatasetInstance.Shape SHAPE = new DatasetInstance.Shape(3, 2, 8, 7, 3);

        abstract void spoil(int[] x, int[] y);

        /** The weight of an entry of the table in sum 2. */
        static Scalar weight(DatasetLiar liar, Challenges c, int entry) {
            return Tables.at(c.point(2), entry).mul(liar.denominator(entry));
        }
    }

    private final Constraint broken;
    private final Data data;

    DatasetLie(Constraint broken, Data data) {
        this.broken = broken;
        this.data = data;
    }

    /** The constraint that this lie breaks, or null for {@link #NONE}. */
    Constraint broken() {
        return broken;
    }

    /** The committed data and its statement: random, in range from -100 to 100, and then spoilt. */
    DatasetInstance instance(KnownSetup setup) {
        final Random random = new Random(8);
        final int[] x = new int[32];
        final int[] y = new int[8];
        for (int row = 0; row < 7; row++) {
            x[4 * row] = 16;
            x[4 * row + 1] = random.nextInt(-100, 100);
            x[4 * row + 2] = random.nextInt(-100, 100);
            y[row] = random.nextInt(-100, 100);
        }
        data.spoil(x, y);
        return DatasetInstance.of(Data.SHAPE, x, y, ordinal(), setup);
    }

    void onEntries(DatasetLiar liar) {}

    void onInverses(DatasetLiar liar) {}

    void onSums(DatasetLiar liar, Challenges c) {}

    void onHiddenSum(DatasetLiar liar) {}
}
