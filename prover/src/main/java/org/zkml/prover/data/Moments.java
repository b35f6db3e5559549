package org.zkml.prover.data;

/** Mean, standard deviation and range of numbers seen one at a time (Welford 1962). */
final class Moments {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    void add(double value) {
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    long count() {
        return count;
    }

    double mean() {
        return mean;
    }

    /** Of the numbers themselves, divided by their count. */
    double standardDeviation() {
        return Math.sqrt(squares / count);
    }

    double min() {
        return min;
    }

    double max() {
        return max;
    }
}
