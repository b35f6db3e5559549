package org.zkml.prover.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A vector whose elements are sums of elements of a table, {@code value[i] = sum_p sign_p table[index_p[i] + shift_p]}: what is linear in it, such as
 * a commitment, costs little more than the table if that is the shorter one.
 *
 * @param size number of elements
 */
public record Selection(FrVector table, int size, List<Part> parts) {

    /** An index that selects nothing. */
    public static final int NOTHING = Integer.MIN_VALUE;

    /**
     * One summand.
     *
     * @param index of each element, or {@link #NOTHING}; to be read only
     * @param shift what is added to an index
     * @param negative whether the element of the table is subtracted
     */
    public record Part(int[] index, int shift, boolean negative) {

        /** A summand that is added. */
        public static Part of(int[] index, int shift) {
            return new Part(index, shift, false);
        }
    }

    /** The vector itself. */
    public FrVector values() {
        final FrVector values = FrVector.zeros(size);
        final FrVector source = values.sameForm(table);
        FrVector.forChunks(size, (at, count) -> {
            final FrVector t = values.like(count);
            for (Part part : parts) {
                t.clear(count);
                t.gather(source, part.index, at, part.shift, count);
                if (part.negative) {
                    values.sub(at, values, at, t, 0, count);
                } else {
                    values.add(at, values, at, t, 0, count);
                }
            }
        });
        return values;
    }

    /** The upper half of the vector minus the lower one. Where a part selects the same in both, the difference selects nothing. */
    public Selection differences() {
        final int half = size / 2;
        final List<Part> both = new ArrayList<>();
        for (Part part : parts) {
            final int[] upper = Arrays.copyOfRange(part.index, half, 2 * half);
            final int[] lower = Arrays.copyOf(part.index, half);
            for (int i = 0; i < half; i++) {
                if (upper[i] == lower[i]) {
                    upper[i] = NOTHING;
                    lower[i] = NOTHING;
                }
            }
            both.add(new Part(upper, part.shift, part.negative));
            both.add(new Part(lower, part.shift, !part.negative));
        }
        return new Selection(table, half, both);
    }
}
