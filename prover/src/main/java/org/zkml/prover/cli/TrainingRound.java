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
 * @param onChain whether the task is a campaign's
 * @param name the data set's in the workspace
 * @param folder its files
 */
record TrainingRound(TrainingTask task, boolean onChain, DatasetStatement dataset, String name, Path folder) {

    /** Reads the task, from a file or from the chain, and the data set's statement. */
    static TrainingRound read(TaskOption option, Workspace workspace) {
        return of(task(option, workspace), option.campaign() != null, option.dataset(), workspace);
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
    static TrainingRound of(TrainingTask task, boolean onChain, String name, Workspace workspace) {
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
        return new TrainingRound(task, onChain, dataset, name, folder);
    }

    private static void requireSame(String what, Object ofDataset, Object ofTask) {
        if (!ofDataset.equals(ofTask)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the data set has " + what + " " + ofDataset + ", the task asks for " + ofTask
                            + "; commit the data with the task's schema");
        }
    }

    /** Opens the vault, and takes data and model from it; the average that a campaign's later round starts from is fetched where it is missing. */
    RoundInputs unlock(Workspace workspace, Passphrase passphrase, Console console, SetupOption setup) {
        final Vault vault = workspace.unlock(passphrase, console);
        try {
            final ModelOpening stored =
                    new Secrets(vault).roundModel(workspace.deployment().round(task.campaignId(), task.round()));
            if (stored != null) {
                return inputs(vault, stored);
            }
            return inputs(
                    vault,
                    task.round() == 0 ? ModelOpening.zero(task.lk()) : fetched(workspace, console, setup, vault));
        } catch (RuntimeException e) {
            vault.close();
            throw e;
        }
    }

    /** The secret side, from an open vault. */
    RoundInputs inputs(Vault vault, ModelOpening modelIn) {
        return new RoundInputs(vault, this, new Secrets(vault).dataset(datasetId(), name), modelIn);
    }

    private ModelOpening fetched(Workspace workspace, Console console, SetupOption setup, Vault vault) {
        if (!onChain) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault has no model for round " + task.round() + " of campaign " + task.campaignId()
                            + "; a task in a file can only go on from a round whose model is there");
        }
        return ModelFetchCommand.fetch(
                workspace, console, setup, vault, task.campaignId(), Math.toIntExact(task.round()));
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
