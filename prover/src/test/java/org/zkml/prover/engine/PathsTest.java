package org.zkml.prover.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.field.LaneField;
import org.zkml.prover.field.Lanes;
import org.zkml.prover.hash.Keccak256;

/**
 * The prover writes the same bytes whichever kernels the machine has it use: scalar ones without the vector module, and vectors of every width.
 * Each path is a Java machine of its own, as a machine chooses once.
 */
class PathsTest {

    private static final String[] MODULE = {"--add-modules", "jdk.incubator.vector"};

    /** What the tests themselves run on: the widest vectors that there are. */
    private static final int MOST_BITS = Long.SIZE * LaneField.LANES;

    /** Proves in a machine of its own: the path that it takes, and a hash of each proof. */
    static final class Proofs {
        private Proofs() {}

        public static void main(String[] args) throws MalformedProofException {
            System.out.println(Lanes.available() ? "lanes " + LaneField.LANES : "limbs");
            for (ProofVectorTest.Case c : ProofVectorTest.Case.values()) {
                print(Prover.prove(
                        c.relation(),
                        c.witness(),
                        new Committer(ProofVectorTest.SETUP),
                        c::random,
                        ProverProgress.SILENT));
            }
            for (DeterminismTest.Case c : DeterminismTest.Case.values()) {
                print(c.prove(2));
            }
        }

        private static void print(byte[] proof) {
            System.out.println(hash(proof));
        }

        private static String hash(byte[] proof) {
            return HexFormat.of().formatHex(Keccak256.hash(proof));
        }
    }

    private static List<String> expected(String path) {
        final List<String> lines = new ArrayList<>(List.of(path));
        for (ProofVectorTest.Case c : ProofVectorTest.Case.values()) {
            lines.add(Proofs.hash(c.proof()));
        }
        for (DeterminismTest.Case c : DeterminismTest.Case.values()) {
            lines.add(Proofs.hash(c.prove(1)));
        }
        return lines;
    }

    private static List<String> run(String main, String... options) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            final byte[] out = process.getInputStream().readAllBytes();
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertEquals(0, process.exitValue(), () -> String.join(" ", command));
            return new String(out, StandardCharsets.UTF_8).lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String[] withVectorsOf(int bits) {
        return new String[] {MODULE[0], MODULE[1], "-XX:MaxVectorSize=" + bits / Byte.SIZE};
    }

    @Test
    void provesWithoutTheVectorModule() throws IOException, InterruptedException {
        assertEquals(expected("limbs"), run(Proofs.class.getName()));
    }

    /** Where the machine has no vectors of that width it takes its widest. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void provesWithVectorsOfEveryWidth(int bits) throws IOException, InterruptedException {
        final int lanes = Math.min(bits, MOST_BITS) / Long.SIZE;
        final boolean available = lanes >= 4 || System.getProperty("os.arch").equals("aarch64");
        assertEquals(
                expected(available ? "lanes " + lanes : "limbs"), run(Proofs.class.getName(), withVectorsOf(bits)));
    }

    /** The kernels are right at 128 bits too, where the prover does not use them. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256, 512})
    void kernelsAreRightAtEveryWidth(int bits) throws IOException, InterruptedException {
        final String lanes = "lanes " + Math.min(bits, MOST_BITS) / Long.SIZE;
        assertEquals(List.of(lanes), run("org.zkml.prover.field.LaneFieldTest", withVectorsOf(bits)));
    }
}
