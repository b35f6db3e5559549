package org.zkml.prover.commitment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.hash.Keccak256;

/**
 * One link of a ceremony: {@code [tau]_1} and {@code [xi]_1} after somebody has multiplied both secrets, with the evidence that it did so knowing its
 * factors. The powers of tau need no link of their own: [tau]_1 determines them.
 */
public sealed interface SetupContribution {

    byte[] DOMAIN = "zkml/setup/contribution/1".getBytes(StandardCharsets.US_ASCII);

    /** Longest name, bytes of UTF-8. */
    int MAX_NAME_BYTES = 100;

    /** Who contributed, as it called itself. */
    String name();

    G1Affine tau1();

    G1Affine xi1();

    /** The bytes that are stored, and hashed into the chain. */
    byte[] encoded();

    /** A participant's link: proofs of knowledge of both factors, bound to everything before and to the name. */
    record Participant(String name, G1Affine tau1, G1Affine xi1, KnowledgeProof tauProof, KnowledgeProof xiProof)
            implements SetupContribution {

        public Participant {
            requireName(name);
        }

        /** The challenge of both proofs. */
        static Scalar challenge(
                byte[] previousHash, String name, G1Affine tau1, G1Affine xi1, G1Affine tauNonce, G1Affine xiNonce) {
            return Scalar.reduce(Keccak256.hash(
                    DOMAIN, previousHash, head(1, name, tau1, xi1), tauNonce.toBytes(), xiNonce.toBytes()));
        }

        @Override
        public byte[] encoded() {
            final byte[] head = head(1, name, tau1, xi1);
            return ByteBuffer.allocate(head.length + 2 * KnowledgeProof.BYTES)
                    .put(head)
                    .put(tauProof.nonce().toBytes())
                    .put(tauProof.response().toBytes())
                    .put(xiProof.nonce().toBytes())
                    .put(xiProof.response().toBytes())
                    .array();
        }
    }

    /**
     * The last link, from a public random value that nobody could know while the ceremony ran: anybody can recompute it.
     *
     * @param value the public value, such as a block hash announced beforehand; copied
     * @param logIterations the value is hashed 2^logIterations times
     */
    record Beacon(String name, G1Affine tau1, G1Affine xi1, byte[] value, int logIterations)
            implements SetupContribution {

        /** Longest public value, bytes. */
        public static final int MAX_VALUE_BYTES = 64;

        /** Hashing 2^30 times takes about a quarter of an hour. */
        public static final int MAX_LOG_ITERATIONS = 30;

        public Beacon {
            requireName(name);
            requireArguments(value, logIterations);
            value = value.clone();
        }

        static void requireArguments(byte[] value, int logIterations) {
            if (value.length < 1 || value.length > MAX_VALUE_BYTES) {
                throw new IllegalArgumentException(
                        "the beacon has " + value.length + " bytes: give 1 to " + MAX_VALUE_BYTES);
            }
            if (logIterations < 0 || logIterations > MAX_LOG_ITERATIONS) {
                throw new IllegalArgumentException(
                        "2^" + logIterations + " iterations of the beacon: give 0 to " + MAX_LOG_ITERATIONS);
            }
        }

        @Override
        public byte[] value() {
            return value.clone();
        }

        @Override
        public byte[] encoded() {
            final byte[] head = head(2, name, tau1, xi1);
            return ByteBuffer.allocate(head.length + 2 + value.length)
                    .put(head)
                    .put((byte) logIterations)
                    .put((byte) value.length)
                    .put(value)
                    .array();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Beacon b && Arrays.equals(encoded(), b.encoded());
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(encoded());
        }

        @Override
        public String toString() {
            return "Beacon[" + name + ", " + HexFormat.of().formatHex(value) + ", 2^" + logIterations + "]";
        }
    }

    /** The hash of the chain with this link at its end. */
    default byte[] hashAfter(byte[] previousHash) {
        return Keccak256.hash(DOMAIN, previousHash, encoded());
    }

    private static byte[] head(int kind, String name, G1Affine tau1, G1Affine xi1) {
        final byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + text.length + 2 * G1Affine.BYTES)
                .put((byte) kind)
                .put((byte) text.length)
                .put(text)
                .put(tau1.toBytes())
                .put(xi1.toBytes())
                .array();
    }

    /** @throws IllegalArgumentException if a participant cannot have this name */
    static void requireName(String name) {
        final int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "the name has " + bytes + " bytes in UTF-8: give 1 to " + MAX_NAME_BYTES);
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || !Character.isDefined(c))) {
            throw new IllegalArgumentException("the name contains a control character: leave it out");
        }
    }
}
