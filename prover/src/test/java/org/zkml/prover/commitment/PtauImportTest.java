package org.zkml.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Scalar;
import org.zkml.prover.pairing.Pairing;
import org.zkml.prover.poly.MultilinearPolynomial;

/** The fixture's places: three heads of 12 bytes, header of 44, then the points of section 2; see its README. */
class PtauImportTest {

    private static final int SIZE = 1 << 10;
    private static final int HEADER_AT = 24;
    private static final int TAU1_AT = HEADER_AT + 44 + 12;
    private static final int TAU2_AT = TAU1_AT + 64 * (2 * SIZE - 1) + 12;
    private static final int ALPHA_AT = TAU2_AT + 128 * SIZE + 12;
    private static final int BETA1_AT = ALPHA_AT + 64 * SIZE + 12;
    private static final int BETA2_AT = BETA1_AT + 64 * SIZE + 12;
    private static final int CONTRIBUTIONS_AT = BETA2_AT + 128 + 12;

    @TempDir
    static Path folder;

    private static byte[] bytes;

    @BeforeAll
    static void readFixture() throws IOException {
        try (InputStream in = PtauImportTest.class.getResourceAsStream("/ptau/pot10.ptau")) {
            bytes = in.readAllBytes();
        }
    }

    private static Ceremony read(byte[] content, int logSize) throws IOException {
        final Path path = folder.resolve("pot10.ptau");
        Files.write(path, content);
        return PtauImport.read(path, logSize, Progress.SILENT);
    }

    @Test
    void importsTheWholeFile() throws IOException {
        final Ceremony imported = read(bytes, 10);
        final Setup setup = imported.setup();
        assertEquals(10, PtauImport.power(folder.resolve("pot10.ptau")));
        assertEquals(SIZE, setup.size());
        assertFalse(setup.unsafe());
        assertTrue(imported.verify(Progress.SILENT).accepted());
        assertEquals(SetupHistory.Origin.PTAU, imported.history().origin());
        final String source = imported.history().source();
        assertTrue(source.contains("3 contributions, the last by beacon, challenge hash 8c990119743765e2"), source);
        assertThrows(IllegalStateException.class, () -> imported.contribute("Alice", new byte[0], Progress.SILENT));
    }

    /** The slow oracle, independent of the verifier's batches. */
    @Test
    void pointsHaveTheRatiosOfTheVerifiersKey() throws IOException {
        final Setup setup = read(bytes, 5).setup();
        assertEquals(G1Affine.GENERATOR, TestContribution.power(setup, 0));
        for (int i = 1; i < setup.size(); i++) {
            assertTrue(Pairing.productIsOne(
                    List.of(
                            TestContribution.power(setup, i),
                            TestContribution.power(setup, i - 1).negate()),
                    List.of(G2Affine.GENERATOR, setup.verifierKey().tau2())));
        }
        assertTrue(Pairing.productIsOne(
                List.of(setup.xi1(), G1Affine.GENERATOR.negate()),
                List.of(G2Affine.GENERATOR, setup.verifierKey().xi2())));
    }

    @Test
    void importsThePowersThatAreWantedOnly() throws IOException {
        final Setup whole = read(bytes, 10).setup();
        final Setup part = read(bytes, 7).setup();
        assertArrayEquals(Arrays.copyOf(whole.powers(), 8 << 7), part.powers());
        assertEquals(whole.verifierKey(), part.verifierKey());
        for (int k : new int[] {-1, 0, 11, 28}) {
            assertThrows(IllegalArgumentException.class, () -> read(bytes, k));
        }
    }

    /** An imported setup commits like any other: f(tau) + b xi, checked against f(X) - f(z) = (X - z) q(X). */
    @Test
    void isUsableForCommitments() throws IOException {
        final Path path = folder.resolve("imported.srs");
        SetupFile.write(path, read(bytes, 10), Progress.SILENT);
        final Setup setup = SetupFile.open(path).read(8, Progress.SILENT);
        final Committer committer = new Committer(setup);
        final int[] f = new int[256];
        final int[] q = new int[256];
        for (int i = 0; i < f.length; i++) {
            f[i] = 3 * i % 17 - 5;
        }
        for (int i = f.length - 1; i > 0; i--) { // division by X - 1
            q[i - 1] = f[i] + q[i];
        }
        final int value = Arrays.stream(f).sum();
        final Scalar blinder = Scalar.of(77);
        final G1Affine commitment = committer.commit(MultilinearPolynomial.ofSmall(f), blinder);
        final G1Affine quotient = committer.commit(MultilinearPolynomial.ofSmall(q), Scalar.ZERO);
        final G1Affine left = commitment
                .add(G1Affine.GENERATOR.mul(Scalar.of(value)).negate())
                .add(setup.xi1().mul(blinder).negate())
                .add(quotient);
        assertTrue(Pairing.productIsOne(
                List.of(left, quotient.negate()),
                List.of(G2Affine.GENERATOR, setup.verifierKey().tau2())));
    }

    @Test
    void rejectsWhatIsDamaged() {
        final List<Consumer<byte[]>> changes = List.of(
                content -> content[0] = 'x',
                content -> content[4] = 2,
                content -> content[8] = 0,
                content -> content[8] = 4,
                content -> content[11] = -1,
                content -> content[12] = 9,
                content -> content[16] += 1,
                content -> content[23] = -1,
                content -> content[HEADER_AT] = 48,
                content -> content[HEADER_AT + 4] ^= 1,
                content -> content[HEADER_AT + 36] = 11,
                content -> content[HEADER_AT + 36] = 0,
                content -> content[HEADER_AT + 36] = 29,
                content -> content[TAU1_AT - 12] = 3,
                content -> content[TAU1_AT - 8] += 64,
                content -> content[TAU1_AT] ^= 1,
                content -> content[TAU1_AT + 64] ^= 1,
                content -> content[TAU1_AT + 64 * 500 + 31] = -1,
                content -> Arrays.fill(content, TAU1_AT + 64 * 9, TAU1_AT + 64 * 10, (byte) 0),
                content -> System.arraycopy(bytes, TAU1_AT + 64 * 9, content, TAU1_AT + 64 * 10, 64),
                content -> System.arraycopy(bytes, BETA1_AT, content, TAU1_AT + 64 * (SIZE - 1), 64),
                content -> content[TAU2_AT + 1] ^= 1,
                content -> System.arraycopy(bytes, BETA2_AT, content, TAU2_AT, 128),
                content -> System.arraycopy(bytes, BETA2_AT, content, TAU2_AT + 128, 128),
                content -> Arrays.fill(content, TAU2_AT + 128, TAU2_AT + 256, (byte) 0),
                content -> content[TAU2_AT + 128 + 31] = -1,
                content -> content[BETA1_AT] ^= 1,
                content -> System.arraycopy(bytes, ALPHA_AT, content, BETA1_AT, 64),
                content -> Arrays.fill(content, BETA1_AT, BETA1_AT + 64, (byte) 0),
                content -> content[BETA2_AT] ^= 1,
                content -> Arrays.fill(content, BETA2_AT, BETA2_AT + 128, (byte) 0),
                content -> System.arraycopy(bytes, TAU2_AT + 128, content, BETA2_AT, 128),
                content -> content[CONTRIBUTIONS_AT] = 0,
                content -> content[CONTRIBUTIONS_AT] = 2,
                content -> content[CONTRIBUTIONS_AT] = 4,
                content -> content[CONTRIBUTIONS_AT + 3] = -1,
                content -> content[bytes.length - 1504] ^= 1);
        for (int i = 0; i < changes.size(); i++) {
            final byte[] content = bytes.clone();
            changes.get(i).accept(content);
            final int number = i;
            final IOException thrown =
                    assertThrows(MalformedSetupException.class, () -> read(content, 10), () -> "change " + number);
            assertTrue(thrown.getMessage().contains("pot10.ptau, byte "), thrown.getMessage());
        }
    }

    @Test
    void rejectsTruncatedFiles() {
        for (int length = 0; length < bytes.length; length += length < 100 ? 7 : 15013) {
            final byte[] content = Arrays.copyOf(bytes, length);
            assertThrows(MalformedSetupException.class, () -> read(content, 4));
        }
        assertThrows(MalformedSetupException.class, () -> read(Arrays.copyOf(bytes, bytes.length - 1), 4));
    }

    /** Consistent points of somebody else's ceremony under this one's contributions, and betas of different ceremonies. */
    @Test
    void rejectsPowersOfAnotherCeremony() {
        final Ceremony other = Ceremony.development(10, Progress.SILENT);
        final byte[] content = bytes.clone();
        final ByteBuffer out = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        put(out, TAU1_AT, other.setup().powers());
        put(out, TAU2_AT + 128, other.setup().verifierKey().tau2().limbs());
        put(out, BETA1_AT, other.setup().xi1().limbs());
        put(out, BETA2_AT, other.setup().verifierKey().xi2().limbs());
        final IOException thrown = assertThrows(MalformedSetupException.class, () -> read(content, 10));
        assertTrue(thrown.getMessage().contains("last contribution"), thrown.getMessage());
    }

    /** The contributions say so too: only the pairings are left to find it. */
    @Test
    void rejectsABetaThatDiffersBetweenTheGroups() {
        final int last = CONTRIBUTIONS_AT + lastContribution();
        final byte[] content = bytes.clone();
        final ByteBuffer out = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        final Setup other = Ceremony.development(1, Progress.SILENT).setup();
        put(out, BETA1_AT, other.xi1().limbs());
        put(out, last + 64 + 128 + 64, other.xi1().limbs());
        final IOException thrown = assertThrows(MalformedSetupException.class, () -> read(content, 4));
        assertTrue(thrown.getMessage().contains("XI"), thrown.getMessage());
    }

    private static void put(ByteBuffer out, int at, long[] limbs) {
        for (int i = 0; i < limbs.length; i++) {
            out.putLong(at + 8 * i, limbs[i]);
        }
    }

    /** Offset of the last contribution in its section: each has 1504 bytes and its parameters. */
    private static int lastContribution() {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int count = in.getInt(CONTRIBUTIONS_AT);
        int at = 4;
        for (int i = 1; i < count; i++) {
            at += 1504 + in.getInt(CONTRIBUTIONS_AT + at + 1500);
        }
        return at;
    }
}
