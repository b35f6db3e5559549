package org.zkml.prover.data;

import java.util.List;

/** A column of the CSV file that the model sees. */
public sealed interface Feature {
    /** The column's name in the CSV file. */
    String column();

    /** How many columns of the model it becomes. */
    int width();

    /**
     * A number, scaled.
     *
     * @param clip scaled values are clipped to {@code [-clip, clip]}, at most 8
     */
    record Numeric(String column, NumericScaling scaling, double clip) implements Feature {
        @Override
        public int width() {
            return 1;
        }
    }

    /** One of some labels: one model column each, 1 for the cell's label and 0 for the others. None is left out; weight decay keeps the weights in bounds. */
    record Categorical(String column, List<String> categories) implements Feature {
        public Categorical {
            categories = List.copyOf(categories);
        }

        @Override
        public int width() {
            return categories.size();
        }
    }
}
