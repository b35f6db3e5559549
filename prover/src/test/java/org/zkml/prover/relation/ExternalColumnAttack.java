package org.zkml.prover.relation;

import java.util.function.Function;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.Relation;
import org.zkml.prover.engine.SlowProver;
import org.zkml.prover.engine.Structure;
import org.zkml.prover.engine.Weakening;
import org.zkml.prover.engine.Witness;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.vectors.SeededScalars;

/** An external column with a coefficient past its table: only the degree check of line 4 of P1 sees it. */
enum ExternalColumnAttack {
    DATASET_X(0),
    DATASET_Y(1),
    TRAIN_X(0),
    TRAIN_Y(1),
    TRAIN_W_IN(2),
    TRAIN_W_OUT(3);

    /** What is moved past the table. */
    static final long DELTA = 1000;

    private static final KnownSetup SETUP = KnownSetup.of(10);
    private static final Function<String, Scalar> RANDOMNESS = new SeededScalars("engine");

    private final int column;

    ExternalColumnAttack(int column) {
        this.column = column;
    }

    int column() {
        return column;
    }

    /** The statement about a column with a coefficient moved by {@code delta} from place 0 to the first place past its table. */
    Relation relation(long delta) {
        if (name().startsWith("DATASET")) {
            final DatasetInstance data = Samples.data();
            final Witness.Blinded x = column == 0 ? extended(data.x(), delta) : data.x();
            final Witness.Blinded y = column == 1 ? extended(data.y(), delta) : data.y();
            return new DatasetRelation(data.withCommitments(x, y, SETUP));
        }
        final TrainWitness.Inputs inputs = Samples.run().inputs();
        return new TrainRelation(TrainInstance.statement(
                Samples.start(),
                Samples.SEED,
                new TrainWitness.Inputs(
                        column == 0 ? extended(inputs.x(), delta) : inputs.x(),
                        column == 1 ? extended(inputs.y(), delta) : inputs.y(),
                        column == 2 ? extended(inputs.wIn(), delta) : inputs.wIn(),
                        column == 3 ? extended(inputs.wOut(), delta) : inputs.wOut()),
                SETUP));
    }

    private int n2() {
        return (name().startsWith("DATASET") ? Samples.data() : Samples.run())
                .relation()
                .structure()
                .n2();
    }

    private Witness.Blinded extended(Witness.Blinded honest, long delta) {
        return Tables.extended(honest, n2(), delta);
    }

    /** The true run or data, but for the committed column. */
    Witness witness(long delta) {
        final Instance honest = name().startsWith("DATASET") ? Samples.data() : Samples.run();
        return new ReplacedColumn(
                honest.witness(),
                column,
                extended(honest.witness().statementColumns().get(column), delta));
    }

    SlowProver prover(long delta, boolean bounded) {
        final Relation real = relation(delta);
        return new SlowProver(new WidenedRelation(real, column), witness(delta), SETUP, RANDOMNESS, Weakening.none()) {
            @Override
            protected Structure bounds() {
                return bounded ? real.structure() : super.bounds();
            }
        };
    }
}
