package org.zkml.prover.relation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.hash.Keccak256;

/** {@code abi.encode} of static fields: one 32-byte word an integer, two a point of G1, four a point of G2. */
final class StatementEncoder {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Starts with the domain, the keccak of an ASCII name. */
    StatementEncoder(String domain) {
        out.writeBytes(Keccak256.hash(domain.getBytes(StandardCharsets.US_ASCII)));
    }

    StatementEncoder word(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException(value + " is no 256-bit word");
        }
        final byte[] raw = value.toByteArray();
        final byte[] word = new byte[32];
        final int length = Math.min(raw.length, 32); // a leading zero byte may stand for the sign
        System.arraycopy(raw, raw.length - length, word, 32 - length, length);
        out.writeBytes(word);
        return this;
    }

    StatementEncoder word(long value) {
        return word(BigInteger.valueOf(value));
    }

    StatementEncoder point(G1Affine point) {
        out.writeBytes(point.toBytes());
        return this;
    }

    StatementEncoder point(G2Affine point) {
        out.writeBytes(point.toBytes());
        return this;
    }

    byte[] encode() {
        return out.toByteArray();
    }
}
