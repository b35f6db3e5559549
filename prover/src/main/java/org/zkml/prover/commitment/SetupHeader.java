package org.zkml.prover.commitment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.hash.Keccak256;

/**
 * Everything in a setup file but the powers. Layout, big-endian: magic (8), version (4), logSize (4), flags (4; bit 0: unsafe), length of the history (4), [xi]_1 (64),
 * [tau]_2 (128), [xi]_2 (128), history ({@link HistoryCodec}), keccak of each chunk of powers (32 each, {@link PowersDigest}), keccak of all that (32). Points are
 * coded as in docs/proof-system.md, those of G2 as in EIP-197.
 */
record SetupHeader(
        int logSize, G1Affine xi1, Setup.VerifierKey verifierKey, SetupHistory history, byte[] chunkDigests) {

    static final String CURE = "Copy the file again from where it came from, or make a new one with \"zkml setup\"";

    private static final byte[] MAGIC = "zkml-srs".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int UNSAFE = 1;
    private static final int FIXED_BYTES = 24 + G1Affine.BYTES + 2 * G2Affine.BYTES;
    private static final int MAX_HISTORY_BYTES = 1 << 24;

    byte[] encoded() {
        final byte[] historyBytes = HistoryCodec.encode(history);
        if (historyBytes.length > MAX_HISTORY_BYTES) {
            throw new IllegalArgumentException(
                    "a history of " + historyBytes.length + " bytes: at most " + MAX_HISTORY_BYTES);
        }
        final ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + historyBytes.length + chunkDigests.length)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(logSize)
                .putInt(history.unsafe() ? UNSAFE : 0)
                .putInt(historyBytes.length)
                .put(xi1.toBytes())
                .put(verifierKey.tau2().toBytes())
                .put(verifierKey.xi2().toBytes())
                .put(historyBytes)
                .put(chunkDigests);
        final byte[] body = out.array();
        final byte[] whole = Arrays.copyOf(body, body.length + Keccak256.SIZE_BYTES);
        System.arraycopy(Keccak256.hash(body), 0, whole, body.length, Keccak256.SIZE_BYTES);
        return whole;
    }

    byte[] chunkDigest(int chunk) {
        return Arrays.copyOfRange(chunkDigests, chunk * Keccak256.SIZE_BYTES, (chunk + 1) * Keccak256.SIZE_BYTES);
    }

    /** Where the powers start, bytes. */
    long powersOffset() {
        return FIXED_BYTES + HistoryCodec.encode(history).length + (long) chunkDigests.length + Keccak256.SIZE_BYTES;
    }

    /** Reads and checks the header, and that the file has the length that it says. */
    static SetupHeader read(FileChannel file, Path path) throws IOException {
        final ByteBuffer fixed = read(file, path, 0, FIXED_BYTES);
        final byte[] magic = new byte[MAGIC.length];
        fixed.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new MalformedSetupException(
                    path,
                    0,
                    "this is not a setup file of zkML",
                    "Make one with \"zkml setup\", or import a .ptau file");
        }
        final int version = fixed.getInt();
        if (version != VERSION) {
            throw new MalformedSetupException(
                    path,
                    8,
                    "version " + version + " of the format, " + VERSION + " is known",
                    "Use the zkML that wrote it, or make a new setup with this one");
        }
        final int logSize = fixed.getInt();
        if (logSize < 1 || logSize > Ceremony.MAX_LOG_SIZE) {
            throw new MalformedSetupException(path, 12, "a size of 2^" + logSize, CURE);
        }
        final int flags = fixed.getInt();
        final int historyBytes = fixed.getInt();
        if (historyBytes < 0 || historyBytes > MAX_HISTORY_BYTES) {
            throw new MalformedSetupException(path, 20, "a history of " + historyBytes + " bytes", CURE);
        }
        final int digestBytes = Keccak256.SIZE_BYTES * PowersDigest.chunks(logSize);
        final int bodyBytes = FIXED_BYTES + historyBytes + digestBytes;
        final long length = bodyBytes + Keccak256.SIZE_BYTES + ((long) G1Affine.BYTES << logSize);
        if (file.size() != length) {
            throw new MalformedSetupException(
                    path,
                    Math.min(file.size(), length),
                    "the file has " + file.size() + " bytes and should have " + length,
                    CURE);
        }
        final byte[] body = new byte[bodyBytes];
        final byte[] checksum = new byte[Keccak256.SIZE_BYTES];
        read(file, path, 0, bodyBytes + Keccak256.SIZE_BYTES).get(body).get(checksum);
        if (!Arrays.equals(Keccak256.hash(body), checksum)) {
            throw new MalformedSetupException(path, bodyBytes, "the checksum of the header is wrong", CURE);
        }
        final SetupHeader header = decode(body, logSize, historyBytes, path);
        if (flags != (header.history.unsafe() ? UNSAFE : 0)) {
            throw new MalformedSetupException(path, 16, "flags " + flags + " do not fit the history", CURE);
        }
        return header;
    }

    /** Decodes what the checksum has shown to be as it was written; writers can be wrong too. */
    private static SetupHeader decode(byte[] body, int logSize, int historyBytes, Path path)
            throws MalformedSetupException {
        final int tau2At = 24 + G1Affine.BYTES;
        final int xi2At = tau2At + G2Affine.BYTES;
        int at = 24;
        try {
            final G1Affine xi1 = G1Affine.fromBytes(body, at);
            requireFinite(xi1.isInfinity());
            at = tau2At;
            final G2Affine tau2 = G2Affine.fromBytes(body, at);
            requireFinite(tau2.isInfinity());
            at = xi2At;
            final G2Affine xi2 = G2Affine.fromBytes(body, at);
            requireFinite(xi2.isInfinity());
            at = FIXED_BYTES;
            final SetupHistory history = HistoryCodec.decode(ByteBuffer.wrap(body, at, historyBytes));
            final byte[] digests = Arrays.copyOfRange(body, FIXED_BYTES + historyBytes, body.length);
            return new SetupHeader(logSize, xi1, new Setup.VerifierKey(tau2, xi2), history, digests);
        } catch (IllegalArgumentException e) {
            throw new MalformedSetupException(path, at, e.getMessage(), CURE);
        }
    }

    private static void requireFinite(boolean infinity) {
        if (infinity) {
            throw new IllegalArgumentException("the point is infinity: a secret of the setup is zero");
        }
    }

    /** The bytes at an offset, all of them. */
    static ByteBuffer read(FileChannel file, Path path, long offset, int length) throws IOException {
        final ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw new MalformedSetupException(path, offset + buffer.position(), "the file ends here", CURE);
            }
        }
        return buffer.flip();
    }
}
