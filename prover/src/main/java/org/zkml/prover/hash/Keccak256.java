package org.zkml.prover.hash;

import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 as Ethereum uses it: the padding of the original submission, not that of FIPS 202's SHA3-256.
 * Instances are not thread-safe.
 */
public final class Keccak256 {
    /** Length of a digest. */
    public static final int SIZE_BYTES = 32;

    private final KeccakDigest digest = new KeccakDigest(256);

    /** The digest of the concatenation of {@code parts}. */
    public static byte[] hash(byte[]... parts) {
        Keccak256 keccak = new Keccak256();
        for (byte[] part : parts) {
            keccak.update(part, 0, part.length);
        }
        return keccak.finish();
    }

    /** Adds {@code length} bytes of {@code bytes} from {@code offset}. */
    public Keccak256 update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** The digest of everything added since the last one; afterwards the instance is as new. */
    public byte[] finish() {
        byte[] out = new byte[SIZE_BYTES];
        digest.doFinal(out, 0);
        return out;
    }
}
