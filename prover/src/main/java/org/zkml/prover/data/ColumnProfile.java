package org.zkml.prover.data;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a column of a file holds. */
public final class ColumnProfile {
    /** Distinct values are counted up to this many. */
    public static final int MAX_LABELS = 1000;

    /** What a column seems to be. */
    public enum Kind {
        /** No row has a value. */
        EMPTY,
        /** At least nine of ten values are numbers. */
        NUMERIC,
        /** Labels. */
        CATEGORICAL
    }

    private final String name;
    private final Moments plain = new Moments();
    private final Moments logarithmic = new Moments();
    private final TreeMap<String, Integer> labels = new TreeMap<>();
    private boolean moreLabels;
    private long missing;
    private long firstMissingLine;
    private long otherThanNumbers;
    private long firstOtherLine;
    private String firstOther;

    ColumnProfile(String name) {
        this.name = name;
    }

    void add(long line, String cell) {
        if (NumericCell.isMissing(cell)) {
            if (missing++ == 0) {
                firstMissingLine = line;
            }
            return;
        }
        if (labels.containsKey(cell) || labels.size() < MAX_LABELS) {
            labels.merge(cell, 1, Integer::sum);
        } else {
            moreLabels = true;
        }
        if (NumericCell.isNumber(cell)) {
            double value = Double.parseDouble(cell);
            plain.add(value);
            if (Transform.LOG1P.accepts(value)) {
                logarithmic.add(Transform.LOG1P.apply(value));
            }
        } else if (otherThanNumbers++ == 0) {
            firstOtherLine = line;
            firstOther = cell;
        }
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        if (plain.count() + otherThanNumbers == 0) {
            return Kind.EMPTY;
        }
        return plain.count() >= 9 * otherThanNumbers ? Kind.NUMERIC : Kind.CATEGORICAL;
    }

    /** Cells that say in one of the usual ways that there is no value. */
    public long missing() {
        return missing;
    }

    /** Line of the first missing value; 0 if there is none. */
    public long firstMissingLine() {
        return firstMissingLine;
    }

    /** Cells that are neither numbers nor missing. */
    public long otherThanNumbers() {
        return otherThanNumbers;
    }

    /** Line of the first cell that is neither a number nor missing; 0 if there is none. */
    public long firstOtherLine() {
        return firstOtherLine;
    }

    /** The first cell that is neither a number nor missing, or null. */
    public String firstOther() {
        return firstOther;
    }

    /** The values with their numbers of rows, sorted, at most {@link #MAX_LABELS}. */
    public SortedMap<String, Integer> labels() {
        return Collections.unmodifiableSortedMap(labels);
    }

    /** Whether there are more different values than {@link #labels} holds. */
    public boolean moreLabels() {
        return moreLabels;
    }

    /** Whether every row has the same value. */
    public boolean isConstant() {
        boolean oneNumber = kind() == Kind.NUMERIC && plain.min() == plain.max() && otherThanNumbers == 0;
        return oneNumber || labels.size() == 1;
    }

    /** The least number. */
    public double min() {
        return plain.min();
    }

    public double max() {
        return plain.max();
    }

    /** Mean of the numbers after a transform; those that it does not accept are left out. */
    public double mean(Transform transform) {
        return moments(transform).mean();
    }

    /** Standard deviation (divided by the count) of the numbers after a transform. */
    public double standardDeviation(Transform transform) {
        return moments(transform).standardDeviation();
    }

    /** Whether a transform accepts every number. */
    public boolean accepts(Transform transform) {
        return moments(transform).count() == plain.count();
    }

    /** The labels in order. */
    List<String> sortedLabels() {
        return List.copyOf(labels.keySet());
    }

    private Moments moments(Transform transform) {
        return transform == Transform.LOG1P ? logarithmic : plain;
    }
}
