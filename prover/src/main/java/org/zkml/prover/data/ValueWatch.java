package org.zkml.prover.data;

/** Notices whether a value ever changes. */
final class ValueWatch {
    private boolean seen;
    private boolean varies;
    private double first;

    void see(double value) {
        if (!seen) {
            seen = true;
            first = value;
        } else if (value != first) {
            varies = true;
        }
    }

    boolean constant() {
        return seen && !varies;
    }
}
