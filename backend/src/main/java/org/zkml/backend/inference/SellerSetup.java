package org.zkml.backend.inference;

import java.io.IOException;
import java.nio.file.Path;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.InferenceContracts.FinishedModel;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.pad.Pad;
import org.zkml.prover.relation.InferRelation;

/** The powers of tau that the seller proves with. */
final class SellerSetup {

    private final SellerConfig config;

    SellerSetup(SellerConfig config) {
        this.config = config;
    }

    /**
     * With as many powers as the most rows of a query need, but no more than the file has, nor than the chain's verifiers know of.
     *
     * @throws IllegalStateException if it is not the deployment's setup, too small for the model, or not there
     */
    Committer committer(FinishedModel model, Deployment deployment) {
        final Path path = config.setup()
                .orElseThrow(() -> new IllegalStateException(
                        "no setup to prove with: set zkml.seller.setup to the deployment's powers of tau"));
        try {
            final SetupFile file = SetupFile.open(path);
            if (!file.verifierKey().equals(deployment.verifierKey())) {
                throw new IllegalStateException(path + " is another setup than the contracts': set zkml.seller.setup");
            }
            final int least = variables(1, model);
            final int most = Math.min(file.logSize(), deployment.setupLog2());
            if (most < least) {
                throw new IllegalStateException(
                        path + " has 2^" + file.logSize() + " powers, of which the contracts know 2^"
                                + deployment.setupLog2() + "; the model needs 2^" + least);
            }
            final int wanted = variables(config.maxRows(), model);
            return new Committer(file.read(Math.min(wanted, most), Progress.SILENT));
        } catch (IOException e) {
            throw new IllegalStateException("the setup " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** log2 of the powers that a proof about so many rows needs. */
    private static int variables(int rows, FinishedModel model) {
        return Math.max(InferRelation.variables(log2(rows), model.lk(), model.b()), log2(Pad.ORDER + 1));
    }

    /** log2 of the least power of two that is not below. */
    private static int log2(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }
}
