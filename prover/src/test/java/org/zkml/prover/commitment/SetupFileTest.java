package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.hash.Keccak256;

class SetupFileTest {

    private static final int LOG_SIZE = 4;
    private static final int FLAGS_AT = 16;
    private static final int XI1_AT = 24;
    private static final int TAU2_AT = 88;
    private static final int XI2_AT = 216;
    private static final int HISTORY_AT = 344;

    @TempDir
    static Path folder;

    private static Ceremony ceremony;
    private static byte[] bytes;

    @BeforeAll
    static void writeOne() throws IOException {
        ceremony = Ceremony.start(LOG_SIZE)
                .contribute("Alice", new byte[0], Progress.SILENT)
                .contribute("Bob ☂", new byte[0], Progress.SILENT)
                .finish("beacon", new byte[] {1, 2, 3}, 2, Progress.SILENT);
        final Path path = folder.resolve("good.srs");
        SetupFile.write(path, ceremony, Progress.SILENT);
        bytes = Files.readAllBytes(path);
    }

    private static Ceremony read(byte[] content) throws IOException {
        final Path path = folder.resolve("read.srs");
        Files.write(path, content);
        return SetupFile.open(path).readAll(Progress.SILENT);
    }

    private static MalformedSetupException assertMalformed(byte[] content) {
        return assertThrows(MalformedSetupException.class, () -> read(content));
    }

    private static void assertSame(Setup expected, Setup actual) {
        assertEquals(expected.logSize(), actual.logSize());
        assertArrayEquals(expected.powers(), actual.powers());
        assertEquals(expected.xi1(), actual.xi1());
        assertEquals(expected.verifierKey(), actual.verifierKey());
        assertEquals(expected.unsafe(), actual.unsafe());
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        final Ceremony read = read(bytes);
        assertSame(ceremony.setup(), read.setup());
        assertEquals(ceremony.history(), read.history());
        assertTrue(read.verify(Progress.SILENT).accepted());
        final SetupFile file = SetupFile.open(folder.resolve("good.srs"));
        assertEquals(LOG_SIZE, file.logSize());
        assertEquals(ceremony.setup().verifierKey(), file.verifierKey());
        assertFalse(file.unsafe());
    }

    @Test
    void keepsTheUnsafeFlag() throws IOException {
        for (Ceremony unsafe : List.of(Ceremony.development(3, Progress.SILENT), Ceremony.start(1))) {
            final Path path = folder.resolve("unsafe.srs");
            SetupFile.write(path, unsafe, Progress.SILENT);
            assertTrue(SetupFile.open(path).unsafe());
            final Ceremony read = SetupFile.open(path).readAll(Progress.SILENT);
            assertSame(unsafe.setup(), read.setup());
            assertEquals(unsafe.history(), read.history());
        }
    }

    @Test
    void importedSetupKeepsItsSource() throws IOException {
        final SetupHistory history =
                new SetupHistory(SetupHistory.Origin.PTAU, "some.ptau, 54 contributions", List.of());
        final Path path = folder.resolve("imported.srs");
        SetupFile.write(path, new Ceremony(ceremony.setup(), history), Progress.SILENT);
        assertEquals(history, SetupFile.open(path).history());
    }

    /** More points than a chunk has, read whole and in part. */
    @Test
    void readsTheFirstPowersOnly() throws IOException {
        final Ceremony large = Ceremony.development(15, Progress.SILENT);
        final Path path = folder.resolve("large.srs");
        SetupFile.write(path, large, Progress.SILENT);
        final SetupFile file = SetupFile.open(path);
        assertSame(large.setup(), file.read(15, Progress.SILENT));
        for (int k : new int[] {0, 1, 9, 14}) {
            final Setup part = file.read(k, Progress.SILENT);
            assertEquals(k, part.logSize());
            assertArrayEquals(Arrays.copyOf(large.setup().powers(), 8 << k), part.powers());
            assertEquals(large.setup().verifierKey(), part.verifierKey());
        }
        final IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> file.read(16, Progress.SILENT));
        assertTrue(thrown.getMessage().contains("2^15"), thrown.getMessage());
        // a fault in the second chunk is found only by whom it concerns
        final byte[] content = Files.readAllBytes(path);
        content[content.length - 1] ^= 1;
        Files.write(path, content);
        file.read(14, Progress.SILENT);
        assertThrows(MalformedSetupException.class, () -> file.read(15, Progress.SILENT));
    }

    @Test
    void rejectsEveryFlippedBit() {
        for (int i = 0; i < bytes.length; i++) {
            final byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertMalformed(changed);
        }
    }

    @Test
    void rejectsTruncatedAndExtendedFiles() {
        for (int length = 0; length < bytes.length; length += length < 400 ? 1 : 29) {
            final MalformedSetupException thrown = assertMalformed(Arrays.copyOf(bytes, length));
            assertTrue(thrown.offset() <= length, thrown.getMessage());
        }
        assertMalformed(Arrays.copyOf(bytes, bytes.length + 1));
    }

    @Test
    void namesFileOffsetAndCure() {
        final byte[] changed = bytes.clone();
        changed[bytes.length - 7] ^= 4;
        final MalformedSetupException thrown = assertMalformed(changed);
        assertEquals(bytes.length - (64 << LOG_SIZE), thrown.offset());
        assertTrue(thrown.getMessage().contains("read.srs"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("zkml setup"), thrown.getMessage());
    }

    /** Changes the content and makes all checksums right again. */
    private static byte[] resealed(Consumer<byte[]> change) {
        final byte[] content = bytes.clone();
        change.accept(content);
        final int powersAt = content.length - (64 << LOG_SIZE);
        final byte[] digest = Keccak256.hash(Arrays.copyOfRange(content, powersAt, content.length));
        System.arraycopy(digest, 0, content, powersAt - 64, 32);
        final byte[] checksum = Keccak256.hash(Arrays.copyOf(content, powersAt - 32));
        System.arraycopy(checksum, 0, content, powersAt - 32, 32);
        return content;
    }

    @Test
    void rejectsBadValuesUnderGoodChecksums() throws IOException {
        assertSame(ceremony.setup(), read(resealed(content -> {})).setup());
        final int powersAt = bytes.length - (64 << LOG_SIZE);
        final List<Consumer<byte[]>> changes = List.of(
                content -> content[7] = 'x',
                content -> content[11] = 2,
                content -> content[15] = 0,
                content -> content[15] = 5,
                content -> content[FLAGS_AT + 3] = 1,
                content -> content[FLAGS_AT] = 1,
                content -> content[FLAGS_AT + 4] = -1,
                content -> content[XI1_AT] ^= 1,
                content -> Arrays.fill(content, XI1_AT, TAU2_AT, (byte) 0),
                content -> Arrays.fill(content, TAU2_AT, XI2_AT, (byte) 0),
                content -> Arrays.fill(content, XI2_AT, HISTORY_AT, (byte) 0),
                content -> content[TAU2_AT + 3] ^= 1,
                content -> content[XI2_AT + 3] ^= 1,
                content -> addModulus(content, XI1_AT),
                content -> addModulus(content, XI2_AT),
                content -> content[HISTORY_AT] = 3,
                content -> content[HISTORY_AT] = 1,
                content -> content[HISTORY_AT] = 2,
                content -> content[HISTORY_AT + 2] = 1,
                content -> content[HISTORY_AT + 3] = -1,
                content -> content[HISTORY_AT + 6] = 2,
                content -> content[HISTORY_AT + 6] = 4,
                content -> content[HISTORY_AT + 7] = 3,
                content -> content[HISTORY_AT + 8] = 120,
                content -> content[HISTORY_AT + 9] = '\n',
                content -> content[HISTORY_AT + 9] = -1,
                content -> content[HISTORY_AT + 20] ^= 1,
                content -> content[powersAt + 5] ^= 1,
                content -> Arrays.fill(content, powersAt + 64, powersAt + 128, (byte) 0),
                content -> addModulus(content, powersAt + 64 * 9));
        for (int i = 0; i < changes.size(); i++) {
            final byte[] content = resealed(changes.get(i));
            final int number = i;
            assertThrows(MalformedSetupException.class, () -> read(content), () -> "change " + number);
        }
    }

    private static void addModulus(byte[] content, int at) {
        final var value = new java.math.BigInteger(1, content, at, 32).add(Fq.MODULUS);
        final byte[] sum = value.toByteArray();
        ByteBuffer.wrap(content, at, 32).put(new byte[32 - sum.length]).put(sum);
    }

    /** The checksum is no signature: whoever writes a false file is found out by the verifier. */
    @Test
    void verifierFindsWhatChecksumsCannot() throws IOException {
        final int powersAt = bytes.length - (64 << LOG_SIZE);
        final Ceremony forged = read(
                resealed(content -> System.arraycopy(G1Affine.GENERATOR.toBytes(), 0, content, powersAt + 64 * 7, 64)));
        assertFalse(forged.verify(Progress.SILENT).accepted());
    }

    @Test
    void leavesNothingBehindWhenItCannotWrite() throws IOException {
        final Path missing = folder.resolve("no-such-folder").resolve("setup.srs");
        assertThrows(IOException.class, () -> SetupFile.write(missing, ceremony, Progress.SILENT));
        final Path occupied = Files.createDirectory(folder.resolve("occupied"));
        Files.createFile(occupied.resolve("inside"));
        assertThrows(IOException.class, () -> SetupFile.write(occupied, ceremony, Progress.SILENT));
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.noneMatch(path -> path.toString().endsWith(".part")));
        }
    }

    @Test
    void replacesAnOldFileOnlyByAWholeNewOne() throws IOException {
        final Path path = folder.resolve("old.srs");
        Files.write(path, new byte[] {1});
        assertThrows(
                IllegalStateException.class,
                () -> SetupFile.write(path, ceremony, (phase, done, total) -> {
                    throw new IllegalStateException("interrupted");
                }));
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(path));
        SetupFile.write(path, ceremony, Progress.SILENT);
        assertArrayEquals(bytes, Files.readAllBytes(path));
    }

    @Test
    void saysWhenTheFileIsMissing() {
        assertThrows(IOException.class, () -> SetupFile.open(folder.resolve("missing.srs")));
    }
}
