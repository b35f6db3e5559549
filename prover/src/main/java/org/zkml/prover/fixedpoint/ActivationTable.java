package org.zkml.prover.fixedpoint;

/**
 * {@code table[y] = floor(2^fp f((y - 2^{b-1}) / 2^{b-8}) + 1/2)}, clamped to signed {@code b} bits (section 5 of docs/proof-system.md).
 *
 * <p>Computed with StrictMath, so every machine gets the same integers; tests show that they are also those of exact arithmetic.
 */
public final class ActivationTable {
    private final ModelKind kind;
    private final FixedPoint format;
    private final int[] values;

    private ActivationTable(ModelKind kind, FixedPoint format, int[] values) {
        this.kind = kind;
        this.format = format;
        this.values = values;
    }

    /**
     * The table of {@code kind} for limbs of {@code b} bits.
     *
     * @throws IllegalArgumentException if {@code b} is not even or not from 8 to 16
     */
    public static ActivationTable of(ModelKind kind, int b) {
        FixedPoint format = new FixedPoint(b);
        int half = 1 << (b - 1);
        int[] values = new int[2 * half];
        for (int y = 0; y < values.length; y++) {
            double logit = Math.scalb((double) (y - half), -format.fz());
            values[y] = format.quantise(kind.activation(logit), kind.fp(b));
        }
        return new ActivationTable(kind, format, values);
    }

    public ModelKind kind() {
        return kind;
    }

    public FixedPoint format() {
        return format;
    }

    /** Fractional bits of the values. */
    public int fp() {
        return kind.fp(format.b());
    }

    /** A copy of the {@code 2^b} values. */
    public int[] values() {
        return values.clone();
    }

    /** The value at table index {@code y}, {@code 0 <= y < 2^b}. */
    public int valueAt(int y) {
        return values[y];
    }
}
