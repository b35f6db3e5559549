package org.zkml.prover.commitment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;

/**
 * Section 7 of a .ptau file: who contributed, and the points after the last contribution. The proofs of knowledge in it are not checked: they need the
 * hashes of every participant's whole file, which this one does not hold; snarkjs and the ceremony's published records do that.
 *
 * @param names of the contributors, oldest first, as far as given
 * @param participants the number of contributions other than beacons
 * @param last the last contribution's {@code [tau]_1, [tau]_2, [beta]_1, [beta]_2}
 * @param challengeHash the hash (blake2b) after the last contribution, as snarkjs prints it
 */
record PtauContributions(List<String> names, int participants, Points last, String challengeHash) {

    private static final int SECTION = 7;
    private static final int KEY_BYTES = 6 * G1Affine.BYTES + 3 * G2Affine.BYTES;
    private static final int PARTIAL_HASH_BYTES = 216;
    private static final int CHALLENGE_BYTES = 64;
    private static final int FIXED_BYTES =
            3 * G1Affine.BYTES + 2 * G2Affine.BYTES + KEY_BYTES + PARTIAL_HASH_BYTES + CHALLENGE_BYTES + 8;
    private static final int MAX_BYTES = 1 << 24;
    private static final int BEACON = 1;

    /** Limbs of the points, not checked: they are compared with others that are. */
    record Points(long[] tau1, long[] tau2, long[] beta1, long[] beta2) {}

    static PtauContributions read(Iden3File file, Path path) throws IOException {
        final Iden3File.Section section = file.section(SECTION, "contributions");
        if (section.length() < 4 || section.length() > MAX_BYTES) {
            throw new MalformedSetupException(
                    path, section.offset(), "contributions of " + section.length() + " bytes", Iden3File.CURE);
        }
        final ByteBuffer in = file.read(section.offset(), (int) section.length());
        final int count = in.getInt();
        if (count == 0) {
            throw new MalformedSetupException(
                    path,
                    section.offset(),
                    "nobody has contributed to this file, so tau is 1",
                    "Take a file with contributions");
        }
        final List<String> names = new ArrayList<>();
        int participants = 0;
        Points last = null;
        String hash = "";
        for (int i = 0; i < count; i++) {
            if (in.remaining() < FIXED_BYTES) {
                throw new MalformedSetupException(
                        path, section.offset() + in.position(), "the contributions end too early", Iden3File.CURE);
            }
            last = points(in);
            in.position(in.position() + KEY_BYTES + PARTIAL_HASH_BYTES);
            final byte[] challenge = new byte[CHALLENGE_BYTES];
            in.get(challenge);
            hash = HexFormat.of().formatHex(challenge);
            participants += in.getInt() == BEACON ? 0 : 1;
            final int parameters = in.getInt();
            if (parameters < 0 || parameters > in.remaining()) {
                throw new MalformedSetupException(
                        path, section.offset() + in.position(), "the contributions end too early", Iden3File.CURE);
            }
            names.add(name(in.slice(in.position(), parameters)));
            in.position(in.position() + parameters);
        }
        if (in.hasRemaining()) {
            throw new MalformedSetupException(
                    path, section.offset() + in.position(), "bytes after the last contribution", Iden3File.CURE);
        }
        if (participants == 0) {
            throw new MalformedSetupException(
                    path,
                    section.offset(),
                    "this file has beacons only, so tau is public",
                    "Take a file with contributions");
        }
        return new PtauContributions(List.copyOf(names), participants, last, hash);
    }

    /** tauG1, tauG2, alphaG1, betaG1, betaG2. */
    private static Points points(ByteBuffer in) {
        final Points points = new Points(
                new long[G1Affine.LIMBS], new long[G2Affine.LIMBS], new long[G1Affine.LIMBS], new long[G2Affine.LIMBS]);
        MontgomeryLimbs.read(in, points.tau1, 0, 2);
        MontgomeryLimbs.read(in, points.tau2, 0, 4);
        in.position(in.position() + G1Affine.BYTES);
        MontgomeryLimbs.read(in, points.beta1, 0, 2);
        MontgomeryLimbs.read(in, points.beta2, 0, 4);
        return points;
    }

    /** The first parameter if it is a name (kind 1, length, text), without characters that move a cursor. */
    private static String name(ByteBuffer parameters) {
        if (parameters.remaining() < 2 || parameters.get() != 1) {
            return "unnamed";
        }
        final byte[] text = new byte[Math.min(parameters.get() & 0xff, parameters.remaining())];
        parameters.get(text);
        return new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
