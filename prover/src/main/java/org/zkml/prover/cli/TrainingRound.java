package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.data.Schema;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.vault.Vault;

/**
 * The public side of a round of training: a task, and the data set that it is done with.
 *
 * @param name the data set's in the workspace
 * @param folder its files
 */
record TrainingRound(TrainingTask task, DatasetStatement dataset, String name, Path folder) {

    /** Reads the task, from a file or from the chain, and the data set's statement. */
    static TrainingRound read(TaskOption option, Workspace workspace) {
        return of(task(option, workspace), option.dataset(), workspace);
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

    /** A task with a data set of the workspace; they must belong together. */
    static TrainingRound of(TrainingTask task, String name, Workspace workspace) {
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
        return new TrainingRound(task, dataset, name, folder);
    }

    private static void requireSame(String what, Object ofDataset, Object ofTask) {
        if (!ofDataset.equals(ofTask)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the data set has " + what + " " + ofDataset + ", the task asks for " + ofTask
                            + "; commit the data with the task's schema");
        }
    }

    /** Opens the vault, and takes data and model from it. */
    RoundInputs unlock(Workspace workspace, Passphrase passphrase, Console console) {
        final Vault vault = workspace.unlock(passphrase, console);
        try {
            final Secrets secrets = new Secrets(vault);
            return new RoundInputs(vault, this, secrets.dataset(datasetId(), name), modelIn(secrets));
        } catch (CommandException e) {
            vault.close();
            throw e;
        }
    }

    private ModelOpening modelIn(Secrets secrets) {
        final ModelOpening stored = secrets.roundModel(task.campaignId(), task.round());
        if (stored == null && task.round() > 0) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault has no model for round " + task.round() + " of campaign " + task.campaignId()
                            + "; fetch it first");
        }
        return stored != null ? stored : ModelOpening.zero(task.lk());
    }

    byte[] datasetId() {
        return DatasetId.of(dataset);
    }

    /** The account that committed the data. */
    Address contributor() {
        final BigInteger word = dataset.contributor();
        return Address.of(word);
    }

    /** The schema that the data was committed with. */
    Schema schema() {
        return Schema.load(folder.resolve("schema.json"));
    }
}
