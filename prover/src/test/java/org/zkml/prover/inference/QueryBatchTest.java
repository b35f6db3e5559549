package org.zkml.prover.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.zkml.prover.hash.Keccak256;

class QueryBatchTest {

    private static final short[] VALUES = {16, -1, 127, 16, 256, -32768};
    private static final byte[] SALT = new byte[32];

    static {
        for (int i = 0; i < SALT.length; i++) {
            SALT[i] = (byte) (i + 1);
        }
    }

    @Test
    void hashesSaltNumbersAndValuesAsWritten() {
        final String preimage = HexFormat.of().formatHex(SALT) + "00000002" + "00000003" + "00000010" + "ffffffff"
                + "0000007f" + "00000010" + "00000100" + "ffff8000";
        assertArrayEquals(
                Keccak256.hash(HexFormat.of().parseHex(preimage)), new QueryBatch(VALUES, 3, SALT).inputsHash());
    }

    @Test
    void everythingIsInTheHash() {
        final Set<String> hashes = new HashSet<>();
        hashes.add(hash(VALUES, 3, SALT));
        hashes.add(hash(VALUES, 2, SALT));
        hashes.add(hash(VALUES, 6, SALT));
        hashes.add(hash(VALUES, 1, SALT));
        hashes.add(hash(Arrays.copyOf(VALUES, 3), 3, SALT));
        for (int i = 0; i < VALUES.length; i++) {
            final short[] other = VALUES.clone();
            other[i]++;
            hashes.add(hash(other, 3, SALT));
        }
        for (int i = 0; i < SALT.length; i++) {
            final byte[] other = SALT.clone();
            other[i]++;
            hashes.add(hash(VALUES, 3, other));
        }
        assertEquals(5 + VALUES.length + SALT.length, hashes.size());
    }

    private static String hash(short[] values, int features, byte[] salt) {
        return HexFormat.of().formatHex(new QueryBatch(values, features, salt).inputsHash());
    }

    @Test
    void drawsAFreshSaltSoThatTheSameRowsHaveOtherHashes() {
        final QueryBatch first = QueryBatch.of(VALUES, 3);
        final QueryBatch second = QueryBatch.of(VALUES, 3);
        assertFalse(Arrays.equals(first.inputsHash(), second.inputsHash()));
        assertNotEquals(first, second);
        assertEquals(first, new QueryBatch(VALUES, 3, first.salt()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 0", "2, 1, 1, 0", "3, 2, 2, 1", "4, 3, 2, 2", "5, 4, 3, 2", "256, 31, 8, 5", "257, 33, 9, 6"})
    void fillsUpToPowersOfTwo(int rows, int features, int lq, int lk) {
        final short[] values = new short[rows * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) (i + 1);
        }
        final QueryBatch batch = new QueryBatch(values, features, SALT);
        assertEquals(lq, batch.lq());
        assertEquals(lk, batch.lk());
        final int[] x = batch.column().smallValues();
        assertEquals(1 << (lq + lk), x.length);
        for (int q = 0; q < 1 << lq; q++) {
            for (int k = 0; k < 1 << lk; k++) {
                final int expected = q < rows && k < features ? values[k + features * q] : 0;
                assertEquals(expected, x[k + (q << lk)]);
            }
        }
    }

    @Test
    void keepsNothingThatOthersCanChange() {
        final short[] values = VALUES.clone();
        final byte[] salt = SALT.clone();
        final QueryBatch batch = new QueryBatch(values, 3, salt);
        final byte[] hash = batch.inputsHash();
        values[0]++;
        salt[0]++;
        batch.values()[1]++;
        batch.salt()[1]++;
        assertArrayEquals(hash, batch.inputsHash());
    }

    @Test
    void refusesWhatAreNoRows() {
        assertTrue(refusal(new short[0], 3, SALT).startsWith("0 values are no rows of 3 features"));
        assertTrue(refusal(VALUES, 4, SALT).startsWith("6 values are no rows of 4 features"));
        assertTrue(refusal(VALUES, 0, SALT).startsWith("6 values are no rows of 0 features"));
        assertEquals("a salt of 31 bytes, not 32", refusal(VALUES, 3, new byte[31]));
    }

    private static String refusal(short[] values, int features, byte[] salt) {
        return assertThrows(IllegalArgumentException.class, () -> new QueryBatch(values, features, salt))
                .getMessage();
    }

    @Test
    void saysNothingOfTheRows() {
        assertEquals("2 rows of 3 features", new QueryBatch(VALUES, 3, SALT).toString());
    }
}
