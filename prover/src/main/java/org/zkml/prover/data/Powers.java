package org.zkml.prover.data;

/** Powers of two. */
final class Powers {
    private Powers() {}

    /** The least {@code e} with {@code 2^e >= value}, for {@code value >= 1}. */
    static int ceilLog2(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
    }
}
