package org.zkml.prover.relation;

import org.zkml.prover.engine.Challenges;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.relation.TrainInstance.Start;
import org.zkml.prover.training.TrainingShape;

/**
 * Lies about a training run, each breaking exactly one constraint of {@link TrainRelation}. Where a claim is broken that ties a value to a column, the sums are run on
 * a table other than the committed one; where the lookup argument is, some entry is out of range. A long list, but each entry stands alone.
 */
enum TrainLie {
    /** The control: no lie. */
    NONE(null),
    /** A logit that is not the product, with the hidden sum that belongs to it. */
    LOGIT(Constraint.sum(0)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.wrongLogit(start);
        }

        @Override
        void onHiddenSums(TrainLiar liar, Challenges c, Scalar[] sums) {
            final Scalar error = Scalar.of(LyingTrainers.ERROR);
            sums[0] = sums[0].add(
                    error.mul(Tables.at(c.point(0), LyingTrainers.I)).mul(Tables.at(c.point(1), LyingTrainers.T)));
        }
    },
    /** The same, with the true product in the hidden sum. */
    ROUNDED_LOGIT(Constraint.claim(0)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.wrongLogit(start);
        }
    },
    GRADIENT(Constraint.sum(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.wrongGradient(start);
        }

        @Override
        void onHiddenSums(TrainLiar liar, Challenges c, Scalar[] sums) {
            final Scalar error = Scalar.of(LyingTrainers.ERROR * liar.stepConstant());
            sums[1] = sums[1].add(
                    error.mul(Tables.at(c.point(2), LyingTrainers.K)).mul(Tables.at(c.point(1), LyingTrainers.T)));
        }
    },
    UPDATE(Constraint.claim(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.wrongGradient(start);
        }
    },
    UPDATE_PAST_THE_LAST_STEP(Constraint.claim(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.movedWeight(start, start.shape().steps());
        }
    },
    UPDATE_IN_THE_LAST_SLOT(Constraint.claim(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.movedWeight(start, start.shape().slots() - 1);
        }
    },
    ONE_STEP_MORE(Constraint.claim(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                int steps() {
                    return shape.steps() + 1;
                }
            };
        }
    },
    ONE_STEP_LESS(Constraint.claim(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                int steps() {
                    return shape.steps() - 1;
                }
            };
        }
    },
    NO_WEIGHT_DECAY(Constraint.claim(1)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long decay() {
                    return 0;
                }
            };
        }
    },
    /** h is no sum of inverses where rem is out of range. */
    INVERSE_OF_A_STEP(Constraint.sum(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onInverses(TrainLiar liar) {
            Tables.add(liar.h, LyingTrainers.AT, liar.lookupError().negate());
            liar.sumH = liar.h;
        }
    },
    INVERSE_OF_A_LIMB(Constraint.sum(3)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedWeight(start, 0);
        }

        @Override
        void onInverses(TrainLiar liar) {
            Tables.add(liar.haux, 0, liar.lookupError().negate());
            liar.sumHaux = liar.haux;
        }
    },
    INVERSE_OF_AN_ENTRY_OF_THE_TABLE(Constraint.sum(4)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onInverses(TrainLiar liar) {
            Tables.add(liar.ht, 0, liar.lookupError().mul(liar.mult.get(0).inverse()));
            liar.sumHt = liar.ht;
        }
    },
    SUM_OF_THE_TABLE_SIDE(Constraint.sum(5)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onHiddenSums(TrainLiar liar, Challenges c, Scalar[] sums) {
            sums[2] = sums[2].add(liar.lookupError());
        }
    },
    /** The value hd makes sum 2 true for an h that is no sum of inverses. */
    PRODUCT_HD(Constraint.equation(0)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onInverses(TrainLiar liar) {
            // (d1 + d2) / d2, the true h d1
            final FrVector hd = liar.h.copy();
            FrVector.forChunks(hd.size(), (at, count) -> hd.mul(at, hd, at, liar.d1, at, count));
            liar.hd = hd;
            Tables.add(liar.h, LyingTrainers.AT, liar.lookupError().negate());
            liar.sumH = liar.h;
        }
    },
    RANGE_OF_REM(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }
    },
    INDEX_OUTSIDE_OF_THE_TABLE(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                void onIndex(int t, int i, int at) {
                    if (at == LyingTrainers.AT) {
                        rem[at] -= (300 - zi[at]) << shape.b();
                        zi[at] = 300;
                    }
                }
            };
        }
    },
    PREDICTION(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.wrongPrediction(start);
        }
    },
    RANGE_OF_LIMB_0(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedWeight(start, 0);
        }
    },
    RANGE_OF_LIMB_1(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedWeight(start, 1);
        }
    },
    /** A weight far out of range, of a feature that no row has: limbs 2 and 7. */
    RANGE_OF_LIMBS_2_AND_7(Constraint.claim(2)) {
        @Override
        Start start() {
            final Start start = super.start();
            start.weights()[LyingTrainers.EMPTY_FEATURE] = 1L << 24;
            return start;
        }
    },
    RANGE_OF_LIMB_3(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                void onRemainderLimbs(int t, int k) {
                    if (t == shape.steps()) { // the idle remainder 2^{2b-1}: limb 4 is 2^{b-1}
                        aux[limb(t, 3, k)] += 256;
                        aux[limb(t, 4, k)] -= 1;
                    }
                }
            };
        }
    },
    /** An update that is not rounded to the nearest: limb 4. */
    RANGE_OF_LIMB_4(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long next(int t, int k, long honest) {
                    return t == LyingTrainers.T && k == LyingTrainers.K ? honest + 1 : honest;
                }
            };
        }
    },
    RANGE_OF_LIMB_5(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedResult(start, 5);
        }
    },
    RANGE_OF_LIMB_6(Constraint.claim(2)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedResult(start, 6);
        }
    },
    COMMITTED_MODEL_BEFORE(Constraint.claim(3)) {
        @Override
        long[] committedIn(LyingTrainer run) {
            final long[] other = run.start.weights().clone();
            other[LyingTrainers.K] += 1;
            return other;
        }
    },
    COMMITTED_MODEL_AFTER(Constraint.claim(4)) {
        @Override
        long[] committedOut(LyingTrainer run) {
            final long[] other = run.weightsOut.clone();
            other[LyingTrainers.K] -= 1;
            return other;
        }
    },
    /** The forward pass sees other features than the committed ones. */
    VALUE_X1(Constraint.claim(5)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long forwardFeature(int index) {
                    return index == 5 ? 9 : super.forwardFeature(index);
                }
            };
        }
    },
    VALUE_W1(Constraint.claim(6)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long forwardWeight(int t, int k, long honest) {
                    return t == LyingTrainers.T && k == LyingTrainers.K ? honest + 5 : honest;
                }
            };
        }
    },
    /** The gradient sees other features than the committed ones. */
    VALUE_X2(Constraint.claim(7)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long gradientFeature(int index) {
                    return index == 5 ? 9 : super.gradientFeature(index);
                }
            };
        }
    },
    /** The gradient sees another label than the committed one. */
    VALUE_E2(Constraint.claim(8)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long residual(int t, int i, long honest) {
                    return t == LyingTrainers.T && i == LyingTrainers.I ? honest - 64 : honest;
                }
            };
        }
    },
    VALUE_H(Constraint.claim(9)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onInverses(TrainLiar liar) {
            Tables.add(liar.h, LyingTrainers.AT, liar.lookupError().negate());
        }
    },
    /** The sums run on a remainder in range, the committed one is not. */
    VALUE_D1(Constraint.claim(10)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onEntries(TrainLiar liar) {
            liar.rem[LyingTrainers.AT] = 0;
        }
    },
    /** The sums run on the true prediction, the committed one is another. */
    VALUE_D2(Constraint.claim(11)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.wrongPrediction(start);
        }

        @Override
        void onEntries(TrainLiar liar) {
            liar.p[LyingTrainers.AT] -= LyingTrainers.ERROR_OF_PREDICTION;
        }
    },
    VALUE_HAUX(Constraint.claim(12)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedWeight(start, 0);
        }

        @Override
        void onInverses(TrainLiar liar) {
            Tables.add(liar.haux, 0, liar.lookupError().negate());
        }
    },
    /** The sums run on limbs in range, the committed ones are not. */
    VALUE_D3(Constraint.claim(13)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.carriedWeight(start, 0);
        }

        @Override
        void onEntries(TrainLiar liar) {
            for (int i = 0; i < liar.aux.length; i++) {
                liar.aux[i] &= 0xff;
            }
        }
    },
    /** Multiplicities chosen after alpha. */
    VALUE_MULT(Constraint.claim(14)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onInverses(TrainLiar liar) {
            Tables.add(liar.sumMult, 7, liar.lookupError().mul(liar.denominator(7)));
        }
    },
    /** Inverses of the table chosen after upsilon: changed in two places, so that their weighted sum stays. */
    VALUE_HT(Constraint.claim(15)) {
        @Override
        LyingTrainer trainer(Start start) {
            return LyingTrainers.roundedDown(start);
        }

        @Override
        void onSums(TrainLiar liar, Challenges c) {
            final int unused = liar.out.length - 1; // tag 1, the largest logit
            if (!liar.mult.get(unused).isZero()) {
                throw new IllegalStateException("the run reaches the end of the table");
            }
            final Scalar used = Tables.at(c.point(4), 0).mul(liar.denominator(0));
            final Scalar other = Tables.at(c.point(4), unused).mul(liar.denominator(unused));
            final Scalar change = liar.lookupError().mul(liar.mult.get(0).inverse());
            Tables.add(liar.sumHt, 0, change);
            Tables.add(liar.sumHt, unused, change.mul(used).mul(other.inverse()).negate());
        }
    },
    /** Another activation than the committed table. */
    VALUE_OUT(Constraint.claim(16)) {
        @Override
        LyingTrainer trainer(Start start) {
            return new LyingTrainer(start) {
                @Override
                long prediction(int t, int i, long honest) {
                    return honest + 1;
                }
            };
        }

        @Override
        void onEntries(TrainLiar liar) {
            for (int i = liar.out.length / 2; i < liar.out.length; i++) {
                liar.out[i] += 1;
            }
        }
    };

    private final Constraint broken;

    TrainLie(Constraint broken) {
        this.broken = broken;
    }

    /** The constraint that this lie breaks, or null for {@link #NONE}. */
    Constraint broken() {
        return broken;
    }

    /** Two batches of four rows, two steps of four slots; the last feature is empty. */
    Start start() {
        final Start start = Start.random(new TrainingShape(1, 2, 2, 2, 2, 8), ModelKind.LOGISTIC, 7, 3);
        for (int row = 0; row < 8; row++) {
            start.x()[4 * row + LyingTrainers.EMPTY_FEATURE] = 0;
        }
        return start;
    }

    LyingTrainer trainer(Start start) {
        return new LyingTrainer(start);
    }

    long[] committedIn(LyingTrainer run) {
        return run.start.weights();
    }

    long[] committedOut(LyingTrainer run) {
        return run.weightsOut;
    }

    void onEntries(TrainLiar liar) {}

    void onInverses(TrainLiar liar) {}

    void onSums(TrainLiar liar, Challenges c) {}

    void onHiddenSums(TrainLiar liar, Challenges c, Scalar[] sums) {}
}
