package org.zkml.prover.data;

/** The column that the model predicts. */
public sealed interface Target {
    /** The column's name in the CSV file. */
    String column();

    /** A class: {@code positive} becomes 1, {@code negative} 0. */
    record Binary(String column, String negative, String positive) implements Target {}

    /** A number, scaled. What does not fit into the fixed-point range is refused, never clipped. */
    record Numeric(String column, NumericScaling scaling) implements Target {}
}
