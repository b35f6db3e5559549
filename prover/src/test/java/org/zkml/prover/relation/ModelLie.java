package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.List;
import org.zkml.prover.engine.Challenges;
import org.zkml.prover.field.FrVector;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.relation.Constraint.Kind;

/**
 * Lies about a model's answers or its score, each breaking exactly one constraint of {@link InferRelation} and {@link EvaluateRelation}, or of the one that has it. Where a claim is broken that
 * ties a value to a column, the sums are run on a table other than the committed one; where the lookup argument is, some entry is out of range. A long list, but each entry stands alone.
 */
enum ModelLie {
    /** The control: no lie. */
    NONE(null, "") {
        @Override
        Constraint broken(ModelForm form) {
            return null;
        }
    },
    /** A logit that is not the product, with the hidden sum that belongs to it. */
    LOGIT(Kind.SUM, "logits") {
        @Override
        void afterRun(LyingModel model) {
            wrongLogit(model);
        }

        @Override
        void onHiddenSums(ModelLiar liar, Challenges c, Scalar[] sums) {
            sums[0] = sums[0].add(Scalar.of(ERROR).mul(Tables.at(c.point(0), LyingModel.I)));
        }
    },
    /** The same, with the true product in the hidden sum. */
    ROUNDED_LOGIT(Kind.CLAIM, "logits") {
        @Override
        void afterRun(LyingModel model) {
            wrongLogit(model);
        }
    },
    /** h is no sum of inverses where rem is out of range. */
    INVERSE_OF_A_ROW(Kind.SUM, "rows") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.h, LyingModel.I, liar.lookupError().negate());
            liar.sumH = liar.h;
        }
    },
    INVERSE_OF_A_FEATURE(Kind.SUM, "features") {
        @Override
        void beforeRun(LyingModel model) {
            featureTooLarge(model);
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.hx, PLACE, liar.lookupError().negate());
            liar.sumHx = liar.hx;
        }
    },
    INVERSE_OF_A_LIMB(Kind.SUM, "limbs") {
        @Override
        void onLimbs(LyingModel model) {
            model.carry(0);
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.haux, 0, liar.lookupError().negate());
            liar.sumHaux = liar.haux;
        }
    },
    INVERSE_OF_AN_ENTRY_OF_THE_TABLE(Kind.SUM, "entries") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.ht, USED, liar.lookupError().mul(liar.mult.get(USED).inverse()));
            liar.sumHt = liar.ht;
        }
    },
    SUM_OF_THE_TABLE_SIDE(Kind.SUM, "table side") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onHiddenSums(ModelLiar liar, Challenges c, Scalar[] sums) {
            sums[1] = sums[1].add(liar.lookupError());
        }
    },
    ONE_HIT_MORE(Kind.SUM, "hits") {
        @Override
        void onScore(LyingModel model) {
            model.moreHits = 1;
        }
    },
    ONE_HIT_LESS(Kind.SUM, "hits") {
        @Override
        void onScore(LyingModel model) {
            model.moreHits = -1;
        }
    },
    /** Targets of one half, of two rows: each is half a hit, whatever the model says. */
    TARGET_OF_NO_CLASS(Kind.SUM, "targets") {
        @Override
        void beforeRun(LyingModel model) {
            halfTargets(model);
        }
    },
    LESS_ERROR(Kind.SUM, "errors") {
        @Override
        void onScore(LyingModel model) {
            model.moreErrors = -1;
        }
    },
    /** The value hd makes the rows' sum true for an h that is no sum of inverses. */
    PRODUCT_HD(Kind.EQUATION, "") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onInverses(ModelLiar liar) {
            // (d1 + d2) / d2, the true h d1
            final FrVector hd = liar.h.copy();
            FrVector.forChunks(hd.size(), (at, count) -> hd.mul(at, hd, at, liar.d1, at, count));
            liar.hd = hd;
            Tables.add(liar.h, LyingModel.I, liar.lookupError().negate());
            liar.sumH = liar.h;
        }
    },
    /** Another model is committed than the one that answers. */
    ANOTHER_MODEL(Kind.CLAIM, "model") {
        @Override
        void afterRun(LyingModel model) {
            model.w[LyingModel.K] += 1;
        }
    },
    RANGE_OF_REM(Kind.CLAIM, "total") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }
    },
    INDEX_OUTSIDE_OF_THE_TABLE(Kind.CLAIM, "total") {
        @Override
        void afterRun(LyingModel model) {
            model.setIndex(LyingModel.I, 300, model.rem[LyingModel.I] - ((300 - model.zi[LyingModel.I]) << 8));
        }
    },
    PREDICTION(Kind.CLAIM, "total") {
        @Override
        void afterRun(LyingModel model) {
            model.p[LyingModel.I] += ERROR_OF_PREDICTION;
        }
    },
    /** A row of the other class than its index says. */
    CLASS(Kind.CLAIM, "total") {
        @Override
        boolean concerns(ModelForm form) {
            return form == ModelForm.EVALUATE;
        }

        @Override
        void afterRun(LyingModel model) {
            model.s[LyingModel.I] = -model.s[LyingModel.I];
        }
    },
    RANGE_OF_A_FEATURE(Kind.CLAIM, "total") {
        @Override
        boolean concerns(ModelForm form) {
            return form == ModelForm.INFER;
        }

        @Override
        void beforeRun(LyingModel model) {
            featureTooLarge(model);
        }
    },
    RANGE_OF_LIMB_0(Kind.CLAIM, "total") {
        @Override
        void onLimbs(LyingModel model) {
            model.carry(0);
        }
    },
    RANGE_OF_LIMB_1(Kind.CLAIM, "total") {
        @Override
        void onLimbs(LyingModel model) {
            model.carry(1);
        }
    },
    /** A weight far out of range, of a feature that no row has: limb 2. */
    RANGE_OF_LIMB_2(Kind.CLAIM, "total") {
        @Override
        void beforeRun(LyingModel model) {
            model.w[LyingModel.EMPTY] = 1L << 24;
        }
    },
    /** The logits see other features than the committed ones. */
    VALUE_X1(Kind.CLAIM, "x1") {
        @Override
        void beforeRun(LyingModel model) {
            model.forwardX[PLACE] = 9;
        }
    },
    /** The logits see another weight than the committed one. */
    VALUE_W1(Kind.CLAIM, "w1") {
        @Override
        void onForward(LyingModel model) {
            model.forward[LyingModel.K] += 5;
        }
    },
    VALUE_H(Kind.CLAIM, "h") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.h, LyingModel.I, liar.lookupError().negate());
        }
    },
    /** The sums run on a remainder in range, the committed one is not. */
    VALUE_D1(Kind.CLAIM, "d1") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onEntries(ModelLiar liar) {
            liar.rem[LyingModel.I] = 0;
        }
    },
    /** The sums run on the true prediction, the committed one is another. */
    VALUE_D2(Kind.CLAIM, "d2") {
        @Override
        void afterRun(LyingModel model) {
            model.p[LyingModel.I] += ERROR_OF_PREDICTION;
        }

        @Override
        void onEntries(ModelLiar liar) {
            liar.p[LyingModel.I] -= ERROR_OF_PREDICTION;
        }
    },
    /** The hits are counted by another class than the one that is looked up. */
    VALUE_S(Kind.CLAIM, "s") {
        @Override
        void onScore(LyingModel model) {
            model.hitS[LyingModel.I] = -model.hitS[LyingModel.I];
        }
    },
    /** The hits are counted with another target than the committed one. */
    VALUE_Y1(Kind.CLAIM, "y1") {
        @Override
        void onScore(LyingModel model) {
            model.y1[LyingModel.I] = 64 - model.y1[LyingModel.I];
        }
    },
    /** The targets' range is shown of other targets than the committed ones. */
    VALUE_Y2(Kind.CLAIM, "y2") {
        @Override
        void beforeRun(LyingModel model) {
            halfTargets(model);
        }

        @Override
        void onScore(LyingModel model) {
            Arrays.fill(model.y2, 0, 2, 0);
        }
    },
    VALUE_Y3(Kind.CLAIM, "y3") {
        @Override
        void beforeRun(LyingModel model) {
            halfTargets(model);
        }

        @Override
        void onScore(LyingModel model) {
            Arrays.fill(model.y3, 0, 2, 64);
        }
    },
    /** One factor of a square is another error than the committed columns say. */
    VALUE_E1(Kind.CLAIM, "e1") {
        @Override
        void onScore(LyingModel model) {
            model.e1[LyingModel.I] = 0;
        }
    },
    VALUE_E2(Kind.CLAIM, "e2") {
        @Override
        void onScore(LyingModel model) {
            model.e2[LyingModel.I] = 0;
        }
    },
    VALUE_HX(Kind.CLAIM, "hx") {
        @Override
        void beforeRun(LyingModel model) {
            featureTooLarge(model);
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.hx, PLACE, liar.lookupError().negate());
        }
    },
    /** The sums run on a feature in range, the committed one is not. */
    VALUE_DX(Kind.CLAIM, "dx") {
        @Override
        void beforeRun(LyingModel model) {
            featureTooLarge(model);
        }

        @Override
        void onEntries(ModelLiar liar) {
            liar.entriesX[PLACE] = 0;
        }
    },
    VALUE_HAUX(Kind.CLAIM, "haux") {
        @Override
        void onLimbs(LyingModel model) {
            model.carry(0);
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.haux, 0, liar.lookupError().negate());
        }
    },
    /** The sums run on limbs in range, the committed ones are not. */
    VALUE_D3(Kind.CLAIM, "d3") {
        @Override
        void onLimbs(LyingModel model) {
            model.carry(0);
        }

        @Override
        void onEntries(ModelLiar liar) {
            Arrays.setAll(liar.aux, i -> liar.aux[i] & 0xff);
        }
    },
    /** Multiplicities chosen after alpha. */
    VALUE_MULT(Kind.CLAIM, "mult") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onInverses(ModelLiar liar) {
            Tables.add(liar.sumMult, 7, liar.lookupError().mul(liar.denominator(7)));
        }
    },
    /** Inverses of the table chosen after upsilon: changed in two places, so that their weighted sum stays. */
    VALUE_HT(Kind.CLAIM, "ht") {
        @Override
        void afterRun(LyingModel model) {
            model.roundDown();
        }

        @Override
        void onSums(ModelLiar liar, Challenges c) {
            final int unused = liar.out.length - 1; // tag 1, the largest logit
            if (!liar.mult.get(unused).isZero()) {
                throw new IllegalStateException("a row reaches the end of the table");
            }
            final Scalar used = Tables.at(c.point(3), USED).mul(liar.denominator(USED));
            final Scalar other = Tables.at(c.point(3), unused).mul(liar.denominator(unused));
            final Scalar change = liar.lookupError().mul(liar.mult.get(USED).inverse());
            Tables.add(liar.sumHt, USED, change);
            Tables.add(liar.sumHt, unused, change.mul(used).mul(other.inverse()).negate());
        }
    },
    /** Another activation than the committed table. */
    VALUE_OUT(Kind.CLAIM, "out") {
        @Override
        void afterRun(LyingModel model) {
            Arrays.setAll(model.p, i -> model.p[i] + 1);
        }

        @Override
        void onEntries(ModelLiar liar) {
            for (int i = liar.out.length / 2; i < liar.out.length; i++) {
                liar.out[i] += 1;
            }
        }
    };

    private static final int ERROR = 3 << 8;
    private static final int ERROR_OF_PREDICTION = 20;

    /** Where the feature is in X. */
    private static final int PLACE = LyingModel.K + LyingModel.FEATURES * LyingModel.I;

    /** An entry of the lookup table that limb 3 of every feature is. */
    private static final int USED = 0;

    private final Kind kind;
    private final String name;

    ModelLie(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** All lies about a form, the control not among them. */
    static List<ModelLie> of(ModelForm form) {
        return Arrays.stream(values())
                .filter(lie -> lie.concerns(form) && lie.broken(form) != null)
                .toList();
    }

    /** Whether there is such a lie about the form, if it has the constraint. */
    boolean concerns(ModelForm form) {
        return true;
    }

    /** The constraint that this lie breaks, or null if the form has none such. */
    Constraint broken(ModelForm form) {
        return form.constraint(kind, name);
    }

    LyingModel model(ModelForm form) {
        final LyingModel model = new LyingModel(form);
        beforeRun(model);
        model.writeLimbs();
        onLimbs(model);
        model.readForward();
        onForward(model);
        model.run();
        afterRun(model);
        model.readScore();
        onScore(model);
        return model;
    }

    private static void wrongLogit(LyingModel model) {
        model.setIndex(LyingModel.I, model.zi[LyingModel.I] + (ERROR >> 8), model.rem[LyingModel.I]);
    }

    private static void featureTooLarge(LyingModel model) {
        model.x[PLACE] = 128;
        model.forwardX[PLACE] = 128;
    }

    private static void halfTargets(LyingModel model) {
        Arrays.fill(model.y, 0, 2, 32);
    }

    void beforeRun(LyingModel model) {}

    void onLimbs(LyingModel model) {}

    void onForward(LyingModel model) {}

    void afterRun(LyingModel model) {}

    void onScore(LyingModel model) {}

    void onEntries(ModelLiar liar) {}

    void onInverses(ModelLiar liar) {}

    void onSums(ModelLiar liar, Challenges c) {}

    void onHiddenSums(ModelLiar liar, Challenges c, Scalar[] sums) {}
}
