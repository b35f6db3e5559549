package org.zkml.prover.relation;

import java.math.BigInteger;

/** Checks of docs/proof-system.md, section 3, that come before anything else. */
final class Shapes {

    private Shapes() {}

    static void requireLimbBits(int b) {
        if (b < 8 || b > 16 || b % 2 != 0) {
            throw new IllegalArgumentException("b = " + b + " must be even and from 8 to 16");
        }
    }

    static void requireLog(String name, int value) {
        if (value < 0 || value > 28) {
            throw new IllegalArgumentException(name + " = " + value + " must be from 0 to 28");
        }
    }

    static void requireRange(String name, long value, long from, long to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " = " + value + " must be from " + from + " to " + to);
        }
    }

    static void requireBits(String name, BigInteger value, int bits) {
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw new IllegalArgumentException(name + " = " + value + " must be from 0 to 2^" + bits + " - 1");
        }
    }
}
