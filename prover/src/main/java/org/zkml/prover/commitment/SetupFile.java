package org.zkml.prover.commitment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.parallel.Parallel;

/**
 * A setup on disk: the header of {@link SetupHeader}, then the powers, 64 bytes each. Reading checks lengths, checksums, and that every point is on the curve;
 * whether the powers are powers is for {@link SetupVerifier}, once, when a file comes from elsewhere.
 */
public final class SetupFile {

    private final Path path;
    private final SetupHeader header;

    private SetupFile(Path path, SetupHeader header) {
        this.path = path;
        this.header = header;
    }

    /**
     * Reads everything but the powers.
     *
     * @throws MalformedSetupException if this is no setup file, or a damaged one
     */
    public static SetupFile open(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            return new SetupFile(path, SetupHeader.read(file, path));
        }
    }

    /** K: the file holds 2^K powers. */
    public int logSize() {
        return header.logSize();
    }

    /** The verifier's part. */
    public Setup.VerifierKey verifierKey() {
        return header.verifierKey();
    }

    /** Where the setup comes from. */
    public SetupHistory history() {
        return header.history();
    }

    /** Whether the secrets must be taken as known to somebody. */
    public boolean unsafe() {
        return header.history().unsafe();
    }

    /** All powers with the history. */
    public Ceremony readAll(Progress progress) throws IOException {
        return new Ceremony(read(header.logSize(), progress), header.history());
    }

    /**
     * The setup with its first 2^logSize powers only.
     *
     * @throws IllegalArgumentException if the file has fewer
     * @throws MalformedSetupException if the powers are damaged
     */
    public Setup read(int logSize, Progress progress) throws IOException {
        if (logSize < 0 || logSize > header.logSize()) {
            throw new IllegalArgumentException(path + " has 2^" + header.logSize() + " powers, 2^" + logSize
                    + " are needed: make or import a larger setup");
        }
        final long[] powers = new long[G1Affine.LIMBS << logSize];
        final int chunkPoints = PowersDigest.chunkPoints(header.logSize());
        final int chunks = Math.max(1, (1 << logSize) / chunkPoints);
        final Progress.Counter counter = new Progress.Counter(progress, "reading powers", 1 << logSize);
        try (FileChannel file = FileChannel.open(path)) {
            Parallel.forRange(0, chunks, 1, (from, to) -> {
                for (int chunk = from; chunk < to; chunk++) {
                    readChunk(file, chunk, chunkPoints, powers);
                    counter.add(Math.min(chunkPoints, 1 << logSize));
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Setup(logSize, powers, header.xi1(), header.verifierKey(), unsafe());
    }

    private void readChunk(FileChannel file, int chunk, int chunkPoints, long[] powers) {
        final long offset = header.powersOffset() + (long) chunk * chunkPoints * G1Affine.BYTES;
        try {
            final byte[] bytes = SetupHeader.read(file, path, offset, chunkPoints * G1Affine.BYTES)
                    .array();
            if (!Arrays.equals(Keccak256.hash(bytes), header.chunkDigest(chunk))) {
                throw new MalformedSetupException(
                        path, offset, "the checksum of the powers from here on is wrong", SetupHeader.CURE);
            }
            final int first = chunk * chunkPoints;
            for (int i = 0; i < chunkPoints && first + i < powers.length / G1Affine.LIMBS; i++) {
                final int o = G1Affine.LIMBS * (first + i);
                final int b = G1Affine.BYTES * i;
                final boolean canonical =
                        Fq.fromBytes(powers, o, bytes, b) && Fq.fromBytes(powers, o + Fq.LIMBS, bytes, b + Fq.BYTES);
                if (!canonical || !G1Affine.isOnCurve(powers, o) || isInfinity(powers, o)) {
                    throw new MalformedSetupException(
                            path,
                            offset + b,
                            "[tau^" + (first + i) + "]_1 is not a point of the curve",
                            SetupHeader.CURE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInfinity(long[] powers, int o) {
        return Fq.isZero(powers, o) && Fq.isZero(powers, o + Fq.LIMBS);
    }

    /**
     * Writes a setup to a file beside the target, forces it to the disk and renames it, so that the target is the old file or the
     * whole new one at every moment.
     */
    public static void write(Path target, Ceremony ceremony, Progress progress) throws IOException {
        final Path path = target.toAbsolutePath();
        final Path part = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                write(file, ceremony, progress);
                file.force(true);
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(FileChannel file, Ceremony ceremony, Progress progress) throws IOException {
        final Setup setup = ceremony.setup();
        final int chunks = PowersDigest.chunks(setup.logSize());
        final int points = PowersDigest.chunkPoints(setup.logSize());
        final byte[] digests = new byte[Keccak256.SIZE_BYTES * chunks];
        final SetupHeader header =
                new SetupHeader(setup.logSize(), setup.xi1(), setup.verifierKey(), ceremony.history(), digests);
        final long start = header.powersOffset();
        final Progress.Counter counter = new Progress.Counter(progress, "writing powers", setup.size());
        Parallel.forRange(0, chunks, 1, (from, to) -> {
            final byte[] bytes = new byte[G1Affine.BYTES * points];
            for (int chunk = from; chunk < to; chunk++) {
                PowersDigest.encode(setup.powers(), chunk * points, bytes);
                System.arraycopy(Keccak256.hash(bytes), 0, digests, Keccak256.SIZE_BYTES * chunk, Keccak256.SIZE_BYTES);
                writeFully(file, bytes, start + (long) chunk * bytes.length);
                counter.add(points);
            }
        });
        writeFully(file, header.encoded(), 0);
    }

    private static void writeFully(FileChannel file, byte[] bytes, long offset) {
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer, offset + buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
