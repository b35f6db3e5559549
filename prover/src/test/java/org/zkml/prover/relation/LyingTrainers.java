package org.zkml.prover.relation;

import org.zkml.prover.relation.TrainInstance.Start;

/** Trainers that lie, at step T for row I or feature K. */
final class LyingTrainers {
    static final int T = 1;
    static final int I = 2;
    static final int K = 1;
    static final int AT = I + 4 * T;
    static final int ERROR = 3 << 8;
    static final int ERROR_OF_PREDICTION = 20;
    static final int EMPTY_FEATURE = 3;

    private LyingTrainers() {}

    static LyingTrainer wrongLogit(Start start) {
        return new LyingTrainer(start) {
            @Override
            long logit(int t, int i, long honest) {
                return t == T && i == I ? honest + ERROR : honest;
            }
        };
    }

    static LyingTrainer wrongGradient(Start start) {
        return new LyingTrainer(start) {
            @Override
            long gradient(int t, int k, long honest) {
                return t == T && k == K ? honest + ERROR : honest;
            }
        };
    }

    /** A weight that changes in slot {@code slot} as if nothing had happened. */
    static LyingTrainer movedWeight(Start start, int slot) {
        return new LyingTrainer(start) {
            @Override
            long next(int t, int k, long honest) {
                return t == slot && k == K ? honest + 1000 : honest;
            }

            @Override
            long remainder(int t, int k, long honest) {
                return t == slot && k == K ? honest - (1000L << (2 * shape.b())) : honest;
            }
        };
    }

    /** The next lower index of the table, with a remainder of 2^b or more. */
    static LyingTrainer roundedDown(Start start) {
        return new LyingTrainer(start) {
            @Override
            void onIndex(int t, int i, int at) {
                if (at == AT) {
                    zi[at] -= 1;
                    rem[at] += 1 << shape.b();
                }
            }
        };
    }

    static LyingTrainer wrongPrediction(Start start) {
        return new LyingTrainer(start) {
            @Override
            long prediction(int t, int i, long honest) {
                return t == T && i == I ? honest + ERROR_OF_PREDICTION : honest;
            }
        };
    }

    /** The weights before the first step with 2^b too much in a limb and 1 too little in the next. */
    static LyingTrainer carriedWeight(Start start, int limb) {
        return new LyingTrainer(start) {
            @Override
            void onWeightLimbs(int t) {
                if (t == 0) {
                    aux[limb(t, limb, 0)] += 256;
                    aux[limb(t, limb + 1, 0)] -= 1;
                }
            }
        };
    }

    static LyingTrainer carriedResult(Start start, int limb) {
        return new LyingTrainer(start) {
            @Override
            void onFinalLimbs() {
                aux[limb(shape.slots() - 1, limb, 0)] += 256;
                aux[limb(shape.slots() - 1, limb + 1, 0)] -= 1;
            }
        };
    }
}
