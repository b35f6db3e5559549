package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.data.DatasetEncoder;
import org.zkml.prover.data.EncodedDataset;
import org.zkml.prover.data.Schema;
import org.zkml.prover.data.Split;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml commit}. */
@Command(
        name = "commit",
        mixinStandardHelpOptions = true,
        description = {
            "Commits to a data set, and proves that every value is in range.",
            "The file is scaled and quantised by the campaign's schema, and blinders are drawn into the vault. "
                    + "The file itself is not needed any more afterwards."
        },
        footer = {
            "",
            "Examples:",
            "  zkml commit patients.csv --schema schema.json -w hospital-a",
            "  zkml commit patients.csv --schema schema.json --batches 4 --name spring -w hospital-a",
            "  zkml commit wdbc.csv --schema wdbc.json --split split_wdbc.txt -w hospital-a",
            "      only the rows that the split does not hold out",
            "",
            "Nothing leaves this machine: see \"zkml register\"."
        })
final class CommitCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Parameters(paramLabel = "CSV", description = "A CSV file whose first line names the columns.")
    private Path csv;

    @Option(
            names = "--schema",
            required = true,
            paramLabel = "FILE",
            description = "The campaign's schema, its exact bytes.")
    private Path schemaFile;

    @Mixin
    private DatasetOption dataset;

    @Option(
            names = "--batches",
            defaultValue = "1",
            description = "Check that the rows fill so many batches, a power of two (default: ${DEFAULT-VALUE}).")
    private int batches;

    @Option(names = "--split", paramLabel = "FILE", description = "One 0 or 1 a row: leave out the rows with 1.")
    private Path split;

    @Option(names = "--force", description = "Replace a data set of this name. The vault keeps what opens the old one.")
    private boolean force;

    @Override
    public Integer call() {
        if (Integer.bitCount(batches) != 1) {
            throw new CommandException(ExitCode.USAGE, "--batches " + batches + ": write a power of two");
        }
        final Workspace opened = workspace.open(console);
        final Deployment deployment = opened.deployment();
        final ProofFiles files = new ProofFiles(opened.datasetFolder(dataset.name()));
        final Schema schema = Schema.load(schemaFile);
        final SetupFile setupFile = setup.open(console, opened);
        SetupOption.requireSafeFor(setupFile, deployment.chainId());
        final EncodedDataset encoded = encode(schema, setupFile.logSize());
        encoded.warnings().forEach(console::warn);
        try (Vault vault = opened.unlock(passphrase, console);
                ProgressBar progress = new ProgressBar(console, DatasetCommitment.PHASES)) {
            final Secrets secrets = new Secrets(vault);
            if (files.exist() && !force) {
                return existing(files.readDataset(), secrets, encoded);
            }
            final Committer committer = SetupOption.committer(
                    setupFile, DatasetCommitment.variables(encoded), deployment.chainId(), progress::part);
            progress.phase("commitments");
            final DatasetCommitment commitment =
                    DatasetCommitment.of(opened.settings().account(), deployment, encoded, committer);
            final byte[] proof = commitment.prove(committer, progress);
            progress.phase("writing");
            secrets.put(DatasetId.of(commitment.statement()), commitment.opening());
            vault.save();
            commitment.opening().wipe();
            AtomicFile.write(files.folder().resolve("schema.json"), schema.bytes());
            files.write(StatementJson.write(commitment.statement()), proof);
            return report(commitment.statement(), files, proof.length, progress);
        }
    }

    private EncodedDataset encode(Schema schema, int maxVariables) {
        final IntPredicate rows = split == null ? row -> true : Split.read(split)::isTraining;
        return new DatasetEncoder(schema, maxVariables)
                .encode(CsvTable.open(csv), Integer.numberOfTrailingZeros(batches), rows);
    }

    /** Committing the same rows again changes nothing; other rows would be in the way. */
    private int existing(DatasetStatement statement, Secrets secrets, EncodedDataset encoded) {
        final byte[] id = DatasetId.of(statement);
        final DatasetOpening opening = secrets.dataset(id, dataset.name());
        final boolean same = new DatasetCommitment(statement, opening).isOf(encoded);
        opening.wipe();
        if (!same) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "data set \"" + dataset.name() + "\" is committed already, with other rows or another schema;"
                            + " choose another --name, or --force to replace it");
        }
        console.say("Data set \"%s\" is committed already: %s.", dataset.name(), Hex.of(id));
        console.result(Console.object()
                .put("datasetId", Hex.of(id))
                .put("name", dataset.name())
                .put("repeated", true));
        return ExitCode.DONE.value();
    }

    private int report(DatasetStatement statement, ProofFiles files, int proofBytes, ProgressBar progress) {
        final byte[] id = DatasetId.of(statement);
        console.say(
                "Data set \"%s\" committed: %d rows, %d features with the intercept, %d bits.",
                dataset.name(), statement.n(), statement.feat(), statement.b());
        console.say("  id         %s", Hex.of(id));
        console.say("  proof      %s (%d bytes)", files.proof(), proofBytes);
        console.say("  statement  %s", files.statement());
        final ObjectNode result = Console.object()
                .put("datasetId", Hex.of(id))
                .put("name", dataset.name())
                .put("schemaHash", Hex.word(statement.schemaHash()))
                .put("n", statement.n())
                .put("feat", statement.feat())
                .put("ln", statement.ln())
                .put("lk", statement.lk())
                .put("b", statement.b())
                .put("proof", files.proof().toString())
                .put("statement", files.statement().toString())
                .put("proofBytes", proofBytes)
                .put("repeated", false);
        progress.writeTo(result);
        console.result(result);
        return ExitCode.DONE.value();
    }
}
