package org.zkml.backend.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.InferenceContracts.FinishedModel;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.fixedpoint.ModelKind;

class SellerSetupTest {

    private static final int FILE_LOG2 = 11;
    /** With b = 8 tables of 2^9 entries. */
    private static final FinishedModel MODEL =
            new FinishedModel(1, G1Affine.GENERATOR, ModelKind.LOGISTIC, 8, 2, 3, new byte[32]);

    @TempDir
    Path folder;

    private SellerSetup setup;
    private VerifierKey key;

    @BeforeEach
    void write() throws IOException {
        final Path file = folder.resolve("setup.srs");
        final Ceremony made = Ceremony.development(FILE_LOG2, Progress.SILENT);
        SetupFile.write(file, made, Progress.SILENT);
        key = made.setup().verifierKey();
        setup = new SellerSetup(Asked.config("setup", file.toString(), "max-rows", "4096"));
    }

    private int read(VerifierKey deployed, int setupLog2) {
        final Deployment deployment = new Deployment(
                BigInteger.ONE, "0x", "0x", "0x", "0x", "0x", "0x", "0x", 0, deployed, setupLog2, true, 0);
        return setup.committer(MODEL, deployment).setup().logSize();
    }

    /** Proofs about more rows than that no contract could check. */
    @Test
    void usesNoMorePowersThanTheContractsKnow() {
        assertEquals(FILE_LOG2, read(key, FILE_LOG2 + 1));
        assertEquals(FILE_LOG2, read(key, FILE_LOG2));
        assertEquals(10, read(key, 10));
        final String small =
                assertThrows(IllegalStateException.class, () -> read(key, 8)).getMessage();
        assertTrue(
                small.endsWith("setup.srs has 2^11 powers, of which the contracts know 2^8; the model needs 2^9"),
                small);
    }

    @Test
    void refusesAnotherSetup() {
        final VerifierKey other = new VerifierKey(G2Affine.GENERATOR, key.xi2());
        final String refusal = assertThrows(IllegalStateException.class, () -> read(other, FILE_LOG2))
                .getMessage();
        assertTrue(refusal.contains("another setup than the contracts'"), refusal);
    }
}
