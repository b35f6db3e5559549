package org.zkml.prover.data;

/**
 * From a number in a cell to the number that is quantised: {@code (transform(value) - mean) / scale}.
 *
 * @param scale positive
 */
public record NumericScaling(Transform transform, double mean, double scale) {
    double apply(double value) {
        return (transform.apply(value) - mean) / scale;
    }
}
