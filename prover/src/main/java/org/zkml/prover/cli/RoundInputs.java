package org.zkml.prover.cli;

import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.training.RealDataset;
import org.zkml.prover.vault.Vault;

/**
 * The secret side of a round of training, with the vault open.
 *
 * @param data the rows
 * @param modelIn the model that the round starts from
 */
record RoundInputs(Vault vault, TrainingRound round, DatasetOpening data, ModelOpening modelIn)
        implements AutoCloseable {

    Secrets secrets() {
        return new Secrets(vault);
    }

    TrainingTask task() {
        return round.task();
    }

    /** The committed rows as real numbers: quantised, but no longer rounded or limited in training. */
    RealDataset realData() {
        final FixedPoint format = new FixedPoint(task().b());
        final int feat = Math.toIntExact(round.dataset().feat());
        final int stride = 1 << round.dataset().lk();
        final double[] x = new double[data.n() * feat];
        final double[] y = new double[data.n()];
        for (int row = 0; row < y.length; row++) {
            for (int k = 0; k < feat; k++) {
                x[k + feat * row] = Math.scalb((double) data.x()[k + stride * row], -format.fx());
            }
            y[row] = Math.scalb((double) data.y()[row], -task().kind().fp(task().b()));
        }
        return new RealDataset(x, y, y.length, feat);
    }

    /** The first model's weights as real numbers, without padding. */
    double[] realModelIn() {
        final double[] weights = new double[Math.toIntExact(round.dataset().feat())];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.scalb((double) modelIn.weights()[k], -new FixedPoint(task().b()).fw());
        }
        return weights;
    }

    @Override
    public void close() {
        data.wipe();
        vault.close();
    }
}
