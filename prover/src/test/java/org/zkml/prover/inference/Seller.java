package org.zkml.prover.inference;

import java.math.BigInteger;
import java.util.Random;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.KnownSetup;
import org.zkml.prover.engine.ProverProgress;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;

/** A seller of a small model, with limbs of 8 bits, and buyers' rows. */
final class Seller {

    static final QueryContext CONTEXT = new QueryContext(
            BigInteger.valueOf(31337),
            BigInteger.valueOf(0x1234),
            BigInteger.valueOf(0x5678),
            BigInteger.valueOf(3),
            BigInteger.ONE.shiftLeft(255).add(BigInteger.TEN));

    static final Committer COMMITTER = KnownSetup.of(10).committer();
    static final int B = 8;

    /** Features of a row; one fills up. */
    static final int FEATURES = 3;

    private static final int LK = 2;

    final ModelOpening opening;
    final InferenceModel model;

    Seller(ModelKind kind, long seed) {
        final long[] weights = new Random(seed).longs(1 << LK, -2000, 2000).toArray();
        weights[FEATURES] = 0;
        opening = ModelOpening.of(weights);
        model = new InferenceModel(listed(kind, opening), opening, COMMITTER);
    }

    static ListedModel listed(ModelKind kind, ModelOpening opening) {
        return new ListedModel(ActivationTable.of(kind, B), LK, FEATURES, opening.commit(COMMITTER));
    }

    /** Random rows with an intercept. */
    static QueryBatch rows(int count, long seed) {
        final Random random = new Random(seed);
        final short one = new FixedPoint(B).one();
        final short[] values = new short[count * FEATURES];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % FEATURES == 0 ? one : (short) random.nextInt(-100, 100);
        }
        return QueryBatch.of(values, FEATURES);
    }

    AnswerCheck check() {
        return new AnswerCheck(model.listed(), COMMITTER);
    }

    byte[] prove(QueryBatch batch, Answer answer) {
        return model.prove(CONTEXT, batch, answer, ProverProgress.SILENT);
    }
}
