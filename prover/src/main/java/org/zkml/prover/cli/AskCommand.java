package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.data.CsvTable;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml ask}. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a model about the rows of a file with a pass. Every answer is checked: its receipt, its commitments against the rows,",
            "its proof here and by the chain's verifier. The next query is signed only when the answers before it are proved. Can be",
            "interrupted at any moment: the same command again goes on, and pays for nothing twice."
        },
        footer = {
            "",
            "Examples:",
            "  zkml ask patients.csv --pass 1 --out answers.csv --yes -w buyer",
            "  zkml ask patients.csv --pass 1 --unproved 64 --batch 16 --json --yes -w buyer",
            "      up to 64 rows wait for their proofs meanwhile: for these the seller is trusted; a JSON object a line",
            "",
            "Columns that are no features are not sent. The queries with their answers and proofs are in passes/ of the workspace:",
            "\"zkml verify-prediction\" checks them again, anywhere."
        })
final class AskCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private SchemaOption schema;

    @Mixin
    private Confirmation confirmation;

    @Parameters(paramLabel = "CSV", description = "The rows: the schema's features, by name.")
    private Path file;

    @Option(names = "--pass", required = true, paramLabel = "ID", description = "The pass's number.")
    private BigInteger passId;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the answers as CSV.")
    private Path out;

    @Option(
            names = "--batch",
            defaultValue = "16",
            paramLabel = "ROWS",
            description =
                    "Rows of a query: as many are at risk with a seller that does not answer (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--unproved",
            defaultValue = "0",
            paramLabel = "ROWS",
            description =
                    "Rows that may wait for their proofs when the next query is signed (default: ${DEFAULT-VALUE}).")
    private long unproved;

    @Option(
            names = "--patience",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "Longest wait for a proof (default: ${DEFAULT-VALUE}).")
    private long patience;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where the seller answers, if not where the model is listed.")
    private String endpoint;

    @Option(names = "--again", description = "Ask about the same rows once more, and pay for them again.")
    private boolean again;

    @Override
    public Integer call() {
        if (batch < 1 || unproved < 0 || patience < 1) {
            throw new CommandException(
                    ExitCode.USAGE, "--batch and --patience must be 1 or more, --unproved 0 or more");
        }
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final InferenceContract market = MarketSession.market(opened, chain);
            final Pass pass = PassCommand.require(market, passId);
            final CampaignTerms terms = new CampaignsContract(
                            chain, opened.deployment().trainingCampaigns())
                    .campaign(pass.modelId())
                    .terms();
            final AskedRows rows =
                    new AskedRows(schema.findOrFetch(opened, pass.modelId(), terms), CsvTable.open(file));
            final PassRecords records = new PassRecords(opened, pass);
            final AskJob job = job(opened.passFolder(passId), records, rows);
            final long left = requireOpen(pass, job, rows, chain, records);
            final String url = SellerClient.endpoint(console, market.listing(pass.modelId()), endpoint);
            if (left > 0) {
                console.say("%d rows of %s go to the seller, %s: it learns what is in them.", left, file, url);
                confirmation.require(console, "send " + left + " rows");
            }
            final SessionKey key = sessionKey(opened, pass);
            final AnswerVerifier verifier = AnswerVerifier.open(
                    chain, opened.deployment(), setup.open(console, opened), pass, largestLq(job, records));
            job.write(opened.passFolder(passId));
            try (ProgressBar progress = new ProgressBar(console, List.of())) {
                new Asking(
                                new AskSession(
                                        console, chain, opened.deployment(), pass, key, new SellerClient(url, key)),
                                records,
                                verifier,
                                unproved,
                                Duration.ofSeconds(patience).toNanos())
                        .ask(rows, job, progress);
            }
            finish(rows, job, records);
        }
        return ExitCode.DONE.value();
    }

    private AskJob job(Path folder, PassRecords records, AskedRows rows) {
        final AskJob last = AskJob.read(folder);
        final String hash = Hex.of(rows.hash());
        return last != null && last.rowsHash().equals(hash) && !again ? last : new AskJob(hash, records.asked(), batch);
    }

    /** @return rows that are still to be asked about */
    private long requireOpen(Pass pass, AskJob job, AskedRows rows, Chain chain, PassRecords records) {
        final long end = job.first() + rows.count();
        final long left = Math.max(0, end - records.asked());
        if (left == 0) {
            return left;
        }
        if (pass.closed() || pass.termEnd() < chain.latest().time()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "pass " + passId
                            + (pass.closed() ? " is closed" : " ended at " + Instant.ofEpochSecond(pass.termEnd()))
                            + "; buy another with \"zkml pass buy\"");
        }
        if (end > pass.queries()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "pass " + passId + " has " + (pass.queries() - job.first()) + " rows left, " + file + " has "
                            + rows.count() + "; ask about fewer, or buy another pass");
        }
        return left;
    }

    private SessionKey sessionKey(Workspace opened, Pass pass) {
        try (Vault vault = opened.unlock(passphrase, console)) {
            final SessionKey key = new Secrets(vault).sessionKey(pass.sessionKey());
            if (key == null) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        "the vault has no key for pass " + passId + ", whose session key is " + pass.sessionKey()
                                + "; use the workspace that bought it");
            }
            return key;
        }
    }

    private static int largestLq(AskJob job, PassRecords records) {
        final int largest =
                records.all().stream().mapToInt(answer -> answer.batch().rows()).reduce(job.batch(), Math::max);
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest - 1);
    }

    private void finish(AskedRows rows, AskJob job, PassRecords records) {
        final String csv = records.csv(rows.count(), job);
        if (out != null) {
            AtomicFile.write(out, csv.getBytes(StandardCharsets.UTF_8));
            console.say("%d rows are answered and verified: %s.", rows.count(), out);
        } else {
            console.say("%s", csv.strip());
        }
        final ObjectNode result = Console.object()
                .put("event", "finished")
                .put("passId", passId.toString())
                .put("rows", rows.count())
                .put("count", job.first() + rows.count())
                .put("out", out == null ? null : out.toString());
        console.result(result);
    }
}
