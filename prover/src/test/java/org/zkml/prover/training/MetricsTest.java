package org.zkml.prover.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.zkml.prover.fixedpoint.ModelKind;

class MetricsTest {
    @Test
    void aucIsTheProbabilityOfTheRightOrderWithTiesCountedHalf() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            int n = 2 + random.nextInt(60);
            double[] predictions = new double[n];
            double[] targets = new double[n];
            for (int i = 0; i < n; i++) {
                predictions[i] = random.nextInt(1 + run % 20) / 20.0;
                targets[i] = random.nextInt(2);
            }
            targets[0] = 0;
            targets[1] = 1;
            double wins = 0;
            double pairs = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (targets[i] == 1 && targets[j] == 0) {
                        pairs++;
                        wins += predictions[i] > predictions[j] ? 1 : predictions[i] == predictions[j] ? 0.5 : 0;
                    }
                }
            }
            assertEquals(wins / pairs, Metrics.auc(predictions, targets), 1e-12);
        }
    }

    @Test
    void aucOfOneClassIsNotANumber() {
        assertTrue(Double.isNaN(Metrics.auc(new double[] {0.1, 0.2}, new double[] {1, 1})));
    }

    @Test
    void countsHitsAndRates() {
        double[] predictions = {0.5, 0.499, 0.9, 0.1};
        double[] targets = {1, 1, 0, 0};
        assertEquals(0.5, Metrics.accuracy(predictions, targets));
        assertEquals(0.5, Metrics.baseRate(targets));
        assertEquals(0.75, Metrics.largestClass(new double[] {0, 1, 0, 0}));
    }

    @Test
    void lossesHaveTheirClosedForms() {
        assertEquals(Math.log(2), Metrics.logLoss(new double[] {0.5, 0.5}, new double[] {0, 1}), 1e-15);
        assertEquals(15 * Math.log(2), Metrics.logLoss(new double[] {0}, new double[] {1}), 1e-12);
        assertEquals(2.5, Metrics.meanSquaredError(new double[] {1, 2}, new double[] {0, 4}));
        assertEquals(0, Metrics.poissonDeviance(new double[] {3, 1}, new double[] {3, 1}), 1e-15);
        assertEquals(2, Metrics.poissonDeviance(new double[] {2}, new double[] {0}), 1e-15);
        assertEquals(1, Metrics.r2(new double[] {1, 2, 4}, new double[] {1, 2, 4}));
        assertEquals(0, Metrics.r2(new double[] {2, 2, 2}, new double[] {1, 2, 3}), 1e-15);
        assertEquals(
                Metrics.r2(new double[] {1, 2}, new double[] {1, 3}),
                Metrics.score(ModelKind.LINEAR, new double[] {1, 2}, new double[] {1, 3}));
    }

    @Test
    void refusesDifferentLengthsAndNothing() {
        assertThrows(IllegalArgumentException.class, () -> Metrics.accuracy(new double[1], new double[2]));
        assertThrows(IllegalArgumentException.class, () -> Metrics.logLoss(new double[0], new double[0]));
    }
}
