package org.zkml.prover.commitment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.commitment.SetupHistory.Origin;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.field.Fq;
import org.zkml.prover.parallel.Parallel;

/**
 * Reads a powers of tau file of snarkjs for BN254 ("bn128" there): tau is its tau, xi is its beta. The points that are used are checked like those of our own setups; the
 * file's contributions are listed, and the last one must lead to the points. Whether the ceremony is the one that was meant shows the published hash of
 * the file.
 */
public final class PtauImport {

    private static final int HEADER = 1;
    private static final int TAU_G1 = 2;
    private static final int TAU_G2 = 3;
    private static final int ALPHA_TAU_G1 = 4;
    private static final int BETA_TAU_G1 = 5;
    private static final int BETA_G2 = 6;
    private static final int CHUNK_POINTS = 1 << 14;

    private final Path path;
    private final Iden3File file;
    private final int power;

    private PtauImport(Path path, Iden3File file) throws IOException {
        this.path = path;
        this.file = file;
        this.power = readPower();
    }

    /** The power of the file: it has 2^power powers of tau that can be imported. */
    public static int power(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return new PtauImport(path, Iden3File.open(channel, path, "ptau", 1)).power;
        }
    }

    /**
     * The setup of the first 2^logSize powers, verified.
     *
     * @throws IllegalArgumentException if the file has fewer powers, or logSize is not in [1, {@link Ceremony#MAX_LOG_SIZE}]
     * @throws MalformedSetupException if the file is damaged, for another curve, or not the result of its ceremony
     */
    public static Ceremony read(Path path, int logSize, Progress progress) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return new PtauImport(path, Iden3File.open(channel, path, "ptau", 1)).read(logSize, progress);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private int readPower() throws IOException {
        final Iden3File.Section section = file.section(HEADER, "header", 4 + Fq.BYTES + 8);
        final ByteBuffer in = file.read(section.offset(), (int) section.length());
        final int bytes = in.getInt();
        final byte[] prime = new byte[Fq.BYTES];
        in.get(prime);
        final byte[] bigEndian = new byte[Fq.BYTES];
        for (int i = 0; i < Fq.BYTES; i++) {
            bigEndian[i] = prime[Fq.BYTES - 1 - i];
        }
        if (bytes != Fq.BYTES || !new BigInteger(1, bigEndian).equals(Fq.MODULUS)) {
            throw new MalformedSetupException(
                    path, section.offset(), "the file is not for the curve BN254", "Take one that was made for bn128");
        }
        final int value = in.getInt();
        if (value < 1 || value > 28) {
            throw new MalformedSetupException(
                    path, section.offset() + 4 + Fq.BYTES, "a power of " + value, Iden3File.CURE);
        }
        return value;
    }

    private Ceremony read(int logSize, Progress progress) throws IOException {
        if (logSize < 1 || logSize > Math.min(power, Ceremony.MAX_LOG_SIZE)) {
            throw new IllegalArgumentException(path + " has 2^" + power + " powers of tau, 2^" + logSize
                    + " are wanted: choose an exponent from 1 to " + Math.min(power, Ceremony.MAX_LOG_SIZE));
        }
        final long size = 1L << power;
        final long tau1At =
                file.section(TAU_G1, "tauG1", G1Affine.BYTES * (2 * size - 1)).offset();
        final long tau2At = file.section(TAU_G2, "tauG2", G2Affine.BYTES * size).offset();
        file.section(ALPHA_TAU_G1, "alphaTauG1", G1Affine.BYTES * size);
        final long beta1At =
                file.section(BETA_TAU_G1, "betaTauG1", G1Affine.BYTES * size).offset();
        final long beta2At = file.section(BETA_G2, "betaG2", G2Affine.BYTES).offset();
        final PtauContributions contributions = PtauContributions.read(file, path);
        if (!g2(tau2At, "tauG2[0]").equals(G2Affine.GENERATOR)) {
            throw new MalformedSetupException(path, tau2At, "tauG2[0] is not the generator of G2", Iden3File.CURE);
        }
        final G2Affine tau2 = g2(tau2At + G2Affine.BYTES, "tauG2[1]");
        final G1Affine beta1 = g1(beta1At, "betaTauG1[0]");
        final G2Affine beta2 = g2(beta2At, "betaG2");
        final long[] powers = readPowers(tau1At, 1 << logSize, progress);
        final PtauContributions.Points last = contributions.last();
        if (!Arrays.equals(last.tau1(), Arrays.copyOfRange(powers, G1Affine.LIMBS, 2 * G1Affine.LIMBS))
                || !Arrays.equals(last.tau2(), tau2.limbs())
                || !Arrays.equals(last.beta1(), beta1.limbs())
                || !Arrays.equals(last.beta2(), beta2.limbs())) {
            throw new MalformedSetupException(
                    path, tau1At, "the powers are not those of the last contribution", Iden3File.CURE);
        }
        final Setup setup = new Setup(logSize, powers, beta1, new Setup.VerifierKey(tau2, beta2), false);
        final Ceremony imported = new Ceremony(setup, new SetupHistory(Origin.PTAU, source(contributions), List.of()));
        if (imported.verify(progress) instanceof SetupVerdict.Rejected(var stage, var expected)) {
            throw new MalformedSetupException(
                    path,
                    stage == SetupVerdict.Stage.XI ? beta1At : tau1At,
                    "the file is no valid setup (" + stage + "): expected " + expected,
                    Iden3File.CURE);
        }
        return imported;
    }

    private String source(PtauContributions contributions) {
        final List<String> names = contributions.names();
        final String text = path.getFileName() + ", 2^" + power + ", " + names.size() + " contributions, the last by "
                + names.getLast() + ", challenge hash " + contributions.challengeHash();
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private long[] readPowers(long offset, int count, Progress progress) {
        final long[] powers = new long[G1Affine.LIMBS * count];
        final Progress.Counter counter = new Progress.Counter(progress, "reading powers", count);
        Parallel.forRange(0, (count + CHUNK_POINTS - 1) / CHUNK_POINTS, 1, (from, to) -> {
            for (int chunk = from; chunk < to; chunk++) {
                final int first = chunk * CHUNK_POINTS;
                final int points = Math.min(CHUNK_POINTS, count - first);
                readG1(offset + (long) G1Affine.BYTES * first, powers, first, points);
                counter.add(points);
            }
        });
        return powers;
    }

    private void readG1(long offset, long[] powers, int first, int count) {
        try {
            final ByteBuffer in = file.read(offset, G1Affine.BYTES * count);
            for (int i = 0; i < count; i++) {
                if (!MontgomeryLimbs.read(in, powers, G1Affine.LIMBS * (first + i), 2)) {
                    throw new MalformedSetupException(
                            path,
                            offset + (long) G1Affine.BYTES * i,
                            "a coordinate of tauG1[" + (first + i) + "] is not below q",
                            Iden3File.CURE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private G1Affine g1(long offset, String name) throws IOException {
        final long[] limbs = new long[G1Affine.LIMBS];
        final boolean reduced = MontgomeryLimbs.read(file.read(offset, G1Affine.BYTES), limbs, 0, 2);
        if (!reduced || !G1Affine.isOnCurve(limbs, 0)) {
            throw new MalformedSetupException(path, offset, name + " is not a point of the curve", Iden3File.CURE);
        }
        return finite(G1Affine.ofLimbs(limbs, 0), G1Affine.INFINITY, offset, name);
    }

    private G2Affine g2(long offset, String name) throws IOException {
        final long[] limbs = new long[G2Affine.LIMBS];
        if (!MontgomeryLimbs.read(file.read(offset, G2Affine.BYTES), limbs, 0, 4)) {
            throw new MalformedSetupException(
                    path, offset, "a coordinate of " + name + " is not below q", Iden3File.CURE);
        }
        try {
            return finite(G2Affine.checkedOfLimbs(limbs, 0), G2Affine.INFINITY, offset, name);
        } catch (IllegalArgumentException e) {
            throw new MalformedSetupException(path, offset, name + ": " + e.getMessage(), Iden3File.CURE);
        }
    }

    private <P> P finite(P point, P infinity, long offset, String name) throws MalformedSetupException {
        if (point.equals(infinity)) {
            throw new MalformedSetupException(
                    path, offset, name + " is infinity: a secret of the setup is zero", Iden3File.CURE);
        }
        return point;
    }
}
