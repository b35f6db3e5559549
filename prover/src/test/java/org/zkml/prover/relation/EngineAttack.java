package org.zkml.prover.relation;

import java.util.Arrays;
import java.util.function.Function;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.BezoutAttack;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.SlowProver;
import org.zkml.prover.engine.Weakening;
import org.zkml.prover.engine.Weakening.Part;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pad.PadEquation;
import org.zkml.prover.vectors.SeededScalars;

/** An attack on the engine (docs/proof-system.md, section 4), and the part of the verifier that stops it. Most of them are about a data set with a wrong intercept. */
enum EngineAttack {
    FALSE_SUM(Part.FIRST_EQUATION) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new SlowProver(
                    relation(), new DatasetLiar(SUM, DatasetLie.SUM_OF_THE_TABLE_SIDE), SETUP, RANDOMNESS, weakening);
        }

        @Override
        Relation relation() {
            return SUM.relation();
        }
    },
    FALSE_LINEAR_CLAIM(Part.LAST_EQUATION) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening);
        }
    },
    /** V is what the equation needs, and not F's value. */
    FALSE_VALUE(Part.IDENTITY) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening) {
                @Override
                protected Scalar value(Scalar honest, Function<Scalar, PadEquation> equation) {
                    return needed(equation);
                }
            };
        }
    },
    FALSE_EQUATION(Part.PADS) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening);
        }
    },
    /** The pad of the product x1 w1 is 64 too large: every logit is 4 * 64 too large. */
    FALSE_PRODUCT(Part.PRODUCTS) {
        @Override
        SlowProver prover(Weakening weakening) {
            final TrainLiar liar = shiftedLogits();
            return new SlowProver(liar.relation(), liar, SETUP, RANDOMNESS, weakening) {
                @Override
                protected Scalar product(int j, Scalar a, Scalar b) {
                    return j == 0 ? super.product(j, a, b).add(Scalar.of(SHIFT)) : super.product(j, a, b);
                }
            };
        }

        @Override
        Relation relation() {
            return shiftedLogits().relation();
        }
    },
    /** The value a solves line 2 instead of being A(x). */
    FALSE_EVALUATION(Part.EVALUATION) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening) {
                @Override
                protected Scalar a(Scalar honest, Function<Scalar, Scalar> line2) {
                    final Scalar atZero = line2.apply(Scalar.ZERO);
                    final Scalar slope = line2.apply(Scalar.ONE).sub(atZero);
                    return atZero.mul(slope.inverse()).negate();
                }
            };
        }
    },
    /** R has the coefficient X^{m-1}: modulo Z_H, X R has a constant term. */
    R_OF_DEGREE_M_MINUS_1(Part.DEGREES) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening) {
                @Override
                protected Scalar[] r(Scalar... remainder) {
                    return rotated(remainder);
                }
            };
        }
    },
    /** V is what the equation needs, and q_{n2-1}, q_{n2-2} make line 1 true. */
    QUOTIENTS_OF_HIGH_DEGREE(Part.DEGREES) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening) {
                @Override
                protected Scalar value(Scalar honest, Function<Scalar, PadEquation> equation) {
                    return needed(equation);
                }

                @Override
                protected Scalar[][] quotients(Scalar[][] honest, Scalar change, Scalar... point) {
                    return BezoutAttack.quotients(honest, change, point);
                }
            };
        }
    },
    /** R as above, and e is what line 4 needs instead of g(1/x). */
    FALSE_EVALUATION_AT_THE_INVERSE(Part.SECOND_POINT) {
        @Override
        SlowProver prover(Weakening weakening) {
            return new WrongIntercept(weakening) {
                @Override
                protected Scalar[] r(Scalar... remainder) {
                    return rotated(remainder);
                }

                @Override
                protected Scalar e(Scalar honest, Scalar line4) {
                    return line4;
                }
            };
        }
    };

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Function<String, Scalar> RANDOMNESS = new SeededScalars("engine");
    private static final long SHIFT = 64;
    private static final DatasetInstance INTERCEPT = DatasetLie.INTERCEPT.instance(SETUP);
    private static final DatasetInstance SUM = DatasetLie.SUM_OF_THE_TABLE_SIDE.instance(SETUP);

    private final Part part;

    EngineAttack(Part part) {
        this.part = part;
    }

    Part part() {
        return part;
    }

    abstract SlowProver prover(Weakening weakening);

    Relation relation() {
        return INTERCEPT.relation();
    }

    private static Scalar[] rotated(Scalar... remainder) {
        final Scalar[] r = Arrays.copyOf(Arrays.copyOfRange(remainder, 1, remainder.length), remainder.length);
        r[r.length - 1] = remainder[0];
        return r;
    }

    private static TrainLiar shiftedLogits() {
        final TrainLiar liar = new TrainLiar(TrainLie.NONE, SETUP, start -> new LyingTrainer(start) {
            @Override
            long logit(int t, int i, long honest) {
                return honest + SHIFT * shape.features();
            }
        });
        liar.productShift = Scalar.of(SHIFT);
        return liar;
    }

    /** Proves a false linear claim. */
    private static class WrongIntercept extends SlowProver {
        WrongIntercept(Weakening weakening) {
            super(INTERCEPT.relation(), INTERCEPT.witness(), SETUP, RANDOMNESS, weakening);
        }

        /** The V that makes the equations true; the same for every eta if only the last is false. */
        final Scalar needed(Function<Scalar, PadEquation> equation) {
            final PadEquation any = equation.apply(Scalar.of(7));
            return withoutV(any).mul(any.theta().inverse()).negate();
        }
    }
}
