package org.zkml.prover.commitment;

import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.parallel.Parallel;

/**
 * The powers of a setup as bytes, in chunks of 2^14 points (1 MiB) with a keccak hash each, so that threads hash at the same time and the first powers can be
 * checked without the others.
 */
final class PowersDigest {

    /** Points of a chunk; a smaller setup is one chunk. */
    static final int CHUNK_POINTS = 1 << 14;

    private PowersDigest() {}

    static int chunks(int logSize) {
        return Math.max(1, (1 << logSize) / CHUNK_POINTS);
    }

    static int chunkPoints(int logSize) {
        return Math.min(1 << logSize, CHUNK_POINTS);
    }

    /** The points from {@code first} on, x || y, big-endian, {@code out.length / 64} of them. */
    static void encode(long[] powers, int first, byte[] out) {
        for (int i = 0; i < out.length / G1Affine.BYTES; i++) {
            final int o = G1Affine.LIMBS * (first + i);
            Fq.toBytes(out, G1Affine.BYTES * i, powers, o);
            Fq.toBytes(out, G1Affine.BYTES * i + Fq.BYTES, powers, o + Fq.LIMBS);
        }
    }

    /** The hash of all chunks' hashes. */
    static byte[] of(Setup setup) {
        final int points = chunkPoints(setup.logSize());
        final byte[][] digests = new byte[chunks(setup.logSize())][];
        Parallel.forRange(0, digests.length, 1, (from, to) -> {
            final byte[] bytes = new byte[G1Affine.BYTES * points];
            for (int chunk = from; chunk < to; chunk++) {
                encode(setup.powers(), chunk * points, bytes);
                digests[chunk] = Keccak256.hash(bytes);
            }
        });
        return Keccak256.hash(digests);
    }
}
