package org.zkml.prover.inference;

import java.util.Arrays;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.poly.MultilinearPolynomial;

/**
 * A model's answer to a batch: its predictions, and the commitments that the seller signs for and proves about. Secret between buyer and seller, but for the commitments.
 *
 * @param tableValues the predictions as values of the activation table, one a row asked about
 * @param lq log2 of the rows, those that fill up among them
 * @param rows commitment of the rows, {@code C_X}
 * @param predictions commitment of the predictions, {@code C_P}
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of an array, never compared
public record Answer(int[] tableValues, int lq, HiddenColumn rows, HiddenColumn predictions) {

    public Answer {
        tableValues = tableValues.clone();
    }

    /** A copy. */
    @Override
    public int[] tableValues() {
        return tableValues.clone();
    }

    /** The predictions as real numbers. */
    public double[] realPredictions(ActivationTable table) {
        return Arrays.stream(tableValues)
                .mapToDouble(value -> Math.scalb((double) value, -table.fp()))
                .toArray();
    }

    /** P(q) of 2^lq rows: in those that fill up what the model says of zeros. */
    static MultilinearPolynomial column(ListedModel model, int lq, int... tableValues) {
        final int[] p = Arrays.copyOf(tableValues, 1 << lq);
        Arrays.fill(p, tableValues.length, p.length, model.predictionOfZeros());
        return MultilinearPolynomial.ofSmall(p);
    }

    @Override
    public String toString() {
        return "answer about " + tableValues.length + " rows";
    }
}
