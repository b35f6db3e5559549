package org.zkml.prover.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Montgomery kernels against BigInteger, on shaped and seeded values. */
class FieldKernelTest {

    private static final long SEED = 20261;
    private static final BigInteger ALL_ONES_64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Both fields behind one face, so that every test runs on both. */
    enum Field {
        FR(Fr.MODULUS) {
            @Override
            void apply(char operation, long[] z, long[] x, long[] y) {
                switch (operation) {
                    case '+' -> Fr.add(z, 0, x, 0, y, 0);
                    case '-' -> Fr.sub(z, 0, x, 0, y, 0);
                    case '*' -> Fr.mul(z, 0, x, 0, y, 0);
                    case 'i' -> Fr.inverse(z, 0, x, 0);
                    default -> Fr.neg(z, 0, x, 0);
                }
            }

            @Override
            long[] of(BigInteger value) {
                final long[] z = new long[4];
                Fr.fromBigInteger(z, 0, value);
                return z;
            }

            @Override
            BigInteger toBigInteger(long[] x) {
                return Fr.toBigInteger(x, 0);
            }

            @Override
            boolean fromBytes(long[] z, byte[] in) {
                return Fr.fromBytes(z, 0, in, 0);
            }

            @Override
            void fromLong(long[] z, long value) {
                Fr.fromLong(z, 0, value);
            }

            @Override
            void invertAll(long[] x, int count) {
                Fr.invertAll(x, 0, count);
            }
        },
        FQ(Fq.MODULUS) {
            @Override
            void apply(char operation, long[] z, long[] x, long[] y) {
                switch (operation) {
                    case '+' -> Fq.add(z, 0, x, 0, y, 0);
                    case '-' -> Fq.sub(z, 0, x, 0, y, 0);
                    case '*' -> Fq.mul(z, 0, x, 0, y, 0);
                    case 'i' -> Fq.inverse(z, 0, x, 0);
                    default -> Fq.neg(z, 0, x, 0);
                }
            }

            @Override
            long[] of(BigInteger value) {
                final long[] z = new long[4];
                Fq.fromBigInteger(z, 0, value);
                return z;
            }

            @Override
            BigInteger toBigInteger(long[] x) {
                return Fq.toBigInteger(x, 0);
            }

            @Override
            boolean fromBytes(long[] z, byte[] in) {
                return Fq.fromBytes(z, 0, in, 0);
            }

            @Override
            void fromLong(long[] z, long value) {
                Fq.fromLong(z, 0, value);
            }

            @Override
            void invertAll(long[] x, int count) {
                Fq.invertAll(x, 0, count);
            }
        };

        final BigInteger modulus;

        Field(BigInteger modulus) {
            this.modulus = modulus;
        }

        abstract void apply(char operation, long[] z, long[] x, long[] y);

        abstract long[] of(BigInteger value);

        abstract BigInteger toBigInteger(long[] x);

        abstract boolean fromBytes(long[] z, byte[] in);

        abstract void fromLong(long[] z, long value);

        abstract void invertAll(long[] x, int count);
    }

    /** 0, 1, modulus - 1, limbs of all ones, values whose Montgomery form has such limbs, and seeded ones. */
    private static List<BigInteger> shapedValues(Field field) {
        final List<BigInteger> values = new ArrayList<>();
        final BigInteger rInverse = BigInteger.ONE.shiftLeft(256).modInverse(field.modulus);
        for (int i = 0; i < 3; i++) {
            values.add(BigInteger.valueOf(i));
            values.add(field.modulus.subtract(BigInteger.valueOf(i + 1)));
        }
        for (int limb = 0; limb < 4; limb++) {
            final BigInteger ones = ALL_ONES_64.shiftLeft(64 * limb).mod(field.modulus);
            values.add(ones);
            values.add(ones.multiply(rInverse).mod(field.modulus));
            values.add(BigInteger.ONE.shiftLeft(64 * limb).multiply(rInverse).mod(field.modulus));
        }
        values.add(BigInteger.ONE
                .shiftLeft(253)
                .subtract(BigInteger.ONE)
                .multiply(rInverse)
                .mod(field.modulus));
        final Random random = new Random(SEED);
        for (int i = 0; i < 60; i++) {
            values.add(new BigInteger(256, random).mod(field.modulus));
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithBigIntegers(Field field) {
        final List<BigInteger> values = shapedValues(field);
        final long[] z = new long[4];
        for (BigInteger a : values) {
            final long[] x = field.of(a);
            assertEquals(a, field.toBigInteger(x));
            field.apply('n', z, x, x);
            assertEquals(a.negate().mod(field.modulus), field.toBigInteger(z));
            for (BigInteger b : values) {
                final long[] y = field.of(b);
                field.apply('+', z, x, y);
                assertEquals(a.add(b).mod(field.modulus), field.toBigInteger(z), a + " + " + b);
                field.apply('-', z, x, y);
                assertEquals(a.subtract(b).mod(field.modulus), field.toBigInteger(z), a + " - " + b);
                field.apply('*', z, x, y);
                assertEquals(a.multiply(b).mod(field.modulus), field.toBigInteger(z), a + " * " + b);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resultMayOverwriteAnOperand(Field field) {
        final BigInteger a = new BigInteger(250, new Random(SEED));
        for (char operation : new char[] {'+', '-', '*'}) {
            final long[] expected = new long[4];
            field.apply(operation, expected, field.of(a), field.of(a));
            final long[] x = field.of(a);
            field.apply(operation, x, x, x);
            assertArrayEquals(expected, x);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inverts(Field field) {
        final List<BigInteger> values = shapedValues(field);
        values.removeIf(v -> v.signum() == 0);
        final long[] all = new long[4 * values.size()];
        final long[] z = new long[4];
        for (int i = 0; i < values.size(); i++) {
            System.arraycopy(field.of(values.get(i)), 0, all, 4 * i, 4);
            field.apply('i', z, field.of(values.get(i)), z);
            assertEquals(values.get(i).modInverse(field.modulus), field.toBigInteger(z));
        }
        field.invertAll(all, values.size());
        for (int i = 0; i < values.size(); i++) {
            System.arraycopy(all, 4 * i, z, 0, 4);
            assertEquals(values.get(i).modInverse(field.modulus), field.toBigInteger(z));
        }
        field.invertAll(all, 0);
        assertThrows(ArithmeticException.class, () -> field.invertAll(new long[8], 2));
    }

    @ParameterizedTest
    @EnumSource
    void readsOnlyCanonicalBytes(Field field) {
        final long[] z = new long[4];
        assertTrue(field.fromBytes(z, bytes(field.modulus.subtract(BigInteger.ONE))));
        assertEquals(field.modulus.subtract(BigInteger.ONE), field.toBigInteger(z));
        assertFalse(field.fromBytes(z, bytes(field.modulus)));
        assertFalse(field.fromBytes(z, bytes(field.modulus.add(BigInteger.ONE))));
        assertFalse(field.fromBytes(z, bytes(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))));
    }

    @ParameterizedTest
    @EnumSource
    void readsSignedLongs(Field field) {
        final long[] z = new long[4];
        for (long value : new long[] {0, 1, -1, 65535, -32768, Long.MAX_VALUE, Long.MIN_VALUE}) {
            field.fromLong(z, value);
            assertEquals(BigInteger.valueOf(value).mod(field.modulus), field.toBigInteger(z));
        }
    }

    private static byte[] bytes(BigInteger value) {
        final byte[] out = new byte[32];
        final byte[] raw = value.toByteArray();
        final int length = Math.min(raw.length, 32);
        System.arraycopy(raw, raw.length - length, out, 32 - length, length);
        return out;
    }
}
