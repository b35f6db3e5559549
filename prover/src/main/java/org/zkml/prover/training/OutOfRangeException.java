package org.zkml.prover.training;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.zkml.prover.fixedpoint.FixedPoint;

/** A value left the range in which it can be proved. The message holds a secret value: it is for the data's owner only. */
public final class OutOfRangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What left its range. */
    public enum Quantity {
        /** The model's output before the activation; its index is the row of the data set, from 0. */
        LOGIT("logit of row"),
        /** A master weight of the model that training starts from; its index is the feature, from 0 (the intercept). */
        INCOMING_WEIGHT("incoming weight of feature"),
        /** A master weight that a step made. */
        WEIGHT("new weight of feature"),
        /** A finished model's output before the activation; its index is the row asked about, from 0. There are no steps. */
        PREDICTED_LOGIT("logit of row");

        private final String phrase;

        Quantity(String phrase) {
            this.phrase = phrase;
        }
    }

    private final Quantity quantity;
    private final int step;
    private final int index;
    private final BigInteger value;
    private final BigInteger min;
    private final BigInteger end;

    /**
     * @param step the step that met or made the value, from 0; the number of steps if it came up after the last
     * @param value in units of {@code 2^-fractionalBits}, like {@code min} and {@code end}
     */
    OutOfRangeException(
            Quantity quantity, int step, int index, BigInteger value, long min, long end, int fractionalBits) {
        super(message(quantity, step, index, value, min, end, fractionalBits));
        this.quantity = quantity;
        this.step = step;
        this.index = index;
        this.value = value;
        this.min = BigInteger.valueOf(min);
        this.end = BigInteger.valueOf(end);
    }

    /** A logit of a model that is not being trained. */
    static OutOfRangeException ofPrediction(int row, long logit, FixedPoint format) {
        return new OutOfRangeException(
                Quantity.PREDICTED_LOGIT,
                0,
                row,
                BigInteger.valueOf(logit),
                format.logitMin(),
                format.logitEnd(),
                2 * format.fx());
    }

    public Quantity quantity() {
        return quantity;
    }

    public int step() {
        return step;
    }

    public int index() {
        return index;
    }

    public BigInteger value() {
        return value;
    }

    /** First value in range. */
    public BigInteger min() {
        return min;
    }

    /** First value beyond the range. */
    public BigInteger end() {
        return end;
    }

    private static String message(
            Quantity quantity, int step, int index, BigInteger value, long min, long end, int fractionalBits) {
        return "%s %d%s is %s, outside the provable range from %s to %s; %s"
                .formatted(
                        quantity.phrase,
                        index,
                        quantity == Quantity.PREDICTED_LOGIT ? "" : " at step " + step,
                        real(value, fractionalBits),
                        real(BigInteger.valueOf(min), fractionalBits),
                        real(BigInteger.valueOf(end), fractionalBits),
                        cure(quantity, step));
    }

    private static String cure(Quantity quantity, int step) {
        if (quantity == Quantity.PREDICTED_LOGIT) {
            return "the model does not fit this row: clip or rescale its features";
        }
        boolean incoming = step == 0 && quantity != Quantity.WEIGHT;
        return incoming
                ? "the incoming model does not fit this data: clip or rescale the features, or start from another model"
                : "training diverges: use a smaller rate, clip the features, or use a stronger weight decay";
    }

    private static String real(BigInteger value, int fractionalBits) {
        return new BigDecimal(value)
                .divide(new BigDecimal(BigInteger.ONE.shiftLeft(fractionalBits)))
                .round(new MathContext(8))
                .stripTrailingZeros()
                .toPlainString();
    }
}
