package org.zkml.prover.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.zkml.prover.fixedpoint.ModelKind;

/** How good predictions are. Targets of a classification are 0 and 1. */
public final class Metrics {
    /** Half a unit of the finest activation table: a prediction of exactly 0 or 1 means no more than this. */
    private static final double SMALLEST_PROBABILITY = 0x1p-15;

    private Metrics() {}

    /** The part of the rows whose class is right; a prediction of 0.5 or more says class 1. */
    public static double accuracy(double[] predictions, double[] targets) {
        requireRows(predictions, targets);
        int hits = 0;
        for (int i = 0; i < targets.length; i++) {
            if (predictions[i] >= 0.5 == targets[i] >= 0.5) {
                hits++;
            }
        }
        return (double) hits / targets.length;
    }

    /** The part of the rows whose target is 1. */
    public static double baseRate(double[] targets) {
        return Arrays.stream(targets).filter(y -> y >= 0.5).count() / (double) targets.length;
    }

    /** The accuracy of the best constant prediction. */
    public static double largestClass(double[] targets) {
        double rate = baseRate(targets);
        return Math.max(rate, 1 - rate);
    }

    /**
     * The area under the ROC curve: the probability that a row of class 1 is predicted higher than one of class 0, ties counted half. By ranks, about n log n.
     * NaN if there is only one class.
     */
    public static double auc(double[] predictions, double[] targets) {
        requireRows(predictions, targets);
        int n = targets.length;
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted((i, j) -> Double.compare(predictions[i], predictions[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        double rankSum = 0;
        long positives = 0;
        int from = 0;
        while (from < n) {
            int to = from;
            int positivesHere = 0;
            while (to < n && predictions[order[to]] == predictions[order[from]]) {
                positivesHere += targets[order[to]] >= 0.5 ? 1 : 0;
                to++;
            }
            rankSum += positivesHere * (from + 1 + to) / 2.0; // the mean rank of the tied rows, counted from 1
            positives += positivesHere;
            from = to;
        }
        double pairs = (double) positives * (n - positives);
        return (rankSum - positives * (positives + 1) / 2.0) / pairs;
    }

    /** Mean negative log-likelihood in nats of 0/1 targets; probabilities are kept 2^-15 away from 0 and 1. */
    public static double logLoss(double[] predictions, double[] targets) {
        requireRows(predictions, targets);
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            double p = Math.clamp(predictions[i], SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY);
            sum -= targets[i] * Math.log(p) + (1 - targets[i]) * Math.log(1 - p);
        }
        return sum / targets.length;
    }

    public static double meanSquaredError(double[] predictions, double[] targets) {
        requireRows(predictions, targets);
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            double error = predictions[i] - targets[i];
            sum += error * error;
        }
        return sum / targets.length;
    }

    /** Half the mean Poisson deviance; means are kept above 2^-15. */
    public static double poissonDeviance(double[] predictions, double[] targets) {
        requireRows(predictions, targets);
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            double mean = Math.max(predictions[i], SMALLEST_PROBABILITY);
            double logTerm = targets[i] > 0 ? targets[i] * Math.log(targets[i] / mean) : 0;
            sum += logTerm - (targets[i] - mean);
        }
        return sum / targets.length;
    }

    /** The part of the targets' variance that the predictions explain, {@code 1 - MSE / variance}; NaN or infinite if all targets are equal. */
    public static double r2(double[] predictions, double[] targets) {
        double mean = Arrays.stream(targets).average().orElse(Double.NaN);
        double[] constant = new double[targets.length];
        Arrays.fill(constant, mean);
        return 1 - meanSquaredError(predictions, targets) / meanSquaredError(constant, targets);
    }

    /** What training makes small, without the weight decay. */
    public static double loss(ModelKind kind, double[] predictions, double[] targets) {
        return switch (kind) {
            case LOGISTIC -> logLoss(predictions, targets);
            case LINEAR -> meanSquaredError(predictions, targets);
            case POISSON -> poissonDeviance(predictions, targets);
        };
    }

    /** What a user wants large: the accuracy of a classification, else R2. */
    public static double score(ModelKind kind, double[] predictions, double[] targets) {
        return kind == ModelKind.LOGISTIC ? accuracy(predictions, targets) : r2(predictions, targets);
    }

    private static void requireRows(double[] predictions, double[] targets) {
        if (predictions.length != targets.length || targets.length == 0) {
            throw new IllegalArgumentException(predictions.length + " predictions for " + targets.length
                    + " targets: must be as many, and at least one");
        }
    }
}
