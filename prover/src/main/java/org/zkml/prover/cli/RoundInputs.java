package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.data.Schema;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.training.RealDataset;
import org.zkml.prover.vault.Vault;

/**
 * Everything that a round of training starts from, with the vault open.
 *
 * @param dataset the public side of the data
 * @param data the secret side
 * @param modelIn the model that the round starts from
 */
record RoundInputs(
        Vault vault,
        TrainingTask task,
        DatasetStatement dataset,
        Path datasetFolder,
        DatasetOpening data,
        ModelOpening modelIn)
        implements AutoCloseable {

    /** Reads the task, from a file or from the chain, then data set and model, and checks that they belong together. */
    static RoundInputs load(TaskOption option, Workspace workspace, Passphrase passphrase, Console console) {
        return load(task(option, workspace), option.dataset(), workspace, passphrase, console);
    }

    private static TrainingTask task(TaskOption option, Workspace workspace) {
        if (option.campaign() == null) {
            return TrainingTask.read(JsonFile.read(option.file()));
        }
        try (Chain chain = ChainAccess.open(workspace)) {
            return new CampaignsContract(chain, workspace.deployment().trainingCampaigns())
                    .campaign(option.campaign())
                    .task();
        }
    }

    /** Reads data set and model for a task, and checks that they belong together. */
    static RoundInputs load(
            TrainingTask task, String name, Workspace workspace, Passphrase passphrase, Console console) {
        final Path folder = workspace.datasetFolder(name);
        final ProofFiles files = new ProofFiles(folder);
        if (!files.exist()) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "there is no data set \"" + name + "\" in workspace " + workspace
                            + "; commit it first with \"zkml commit\", or name another with --name");
        }
        final DatasetStatement dataset = files.readDataset();
        requireSame("schema", Hex.word(dataset.schemaHash()), Hex.word(task.schemaHash()));
        requireSame("limb width b", dataset.b(), task.b());
        requireSame("padded features lk", dataset.lk(), task.lk());
        final Vault vault = workspace.unlock(passphrase, console);
        try {
            final Secrets secrets = new Secrets(vault);
            final DatasetOpening data = secrets.dataset(DatasetId.of(dataset), name);
            return new RoundInputs(vault, task, dataset, folder, data, modelIn(secrets, task));
        } catch (CommandException e) {
            vault.close();
            throw e;
        }
    }

    private static ModelOpening modelIn(Secrets secrets, TrainingTask task) {
        final ModelOpening stored = secrets.roundModel(task.campaignId(), task.round());
        if (stored == null && task.round() > 0) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault has no model for round " + task.round() + " of campaign " + task.campaignId()
                            + "; fetch it first");
        }
        return stored != null ? stored : ModelOpening.zero(task.lk());
    }

    private static void requireSame(String what, Object ofDataset, Object ofTask) {
        if (!ofDataset.equals(ofTask)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the data set has " + what + " " + ofDataset + ", the task asks for " + ofTask
                            + "; commit the data with the task's schema");
        }
    }

    Secrets secrets() {
        return new Secrets(vault);
    }

    byte[] datasetId() {
        return DatasetId.of(dataset);
    }

    Address contributor() {
        final BigInteger word = dataset.contributor();
        return Address.of(word);
    }

    /** The schema that the data was committed with. */
    Schema schema() {
        return Schema.load(datasetFolder.resolve("schema.json"));
    }

    /** The committed rows as real numbers: quantised, but no longer rounded or limited in training. */
    RealDataset realData() {
        final FixedPoint format = new FixedPoint(task.b());
        final int feat = Math.toIntExact(dataset.feat());
        final int stride = 1 << dataset.lk();
        final double[] x = new double[data.n() * feat];
        final double[] y = new double[data.n()];
        for (int row = 0; row < y.length; row++) {
            for (int k = 0; k < feat; k++) {
                x[k + feat * row] = Math.scalb((double) data.x()[k + stride * row], -format.fx());
            }
            y[row] = Math.scalb((double) data.y()[row], -task.kind().fp(task.b()));
        }
        return new RealDataset(x, y, y.length, feat);
    }

    /** The first model's weights as real numbers, without padding. */
    double[] realModelIn() {
        final double[] weights = new double[Math.toIntExact(dataset.feat())];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.scalb((double) modelIn.weights()[k], -new FixedPoint(task.b()).fw());
        }
        return weights;
    }

    @Override
    public void close() {
        data.wipe();
        vault.close();
    }
}
