package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.data.CsvTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml ask}. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a model about the rows of a file with a pass, and checks every answer.",
            "Checked are its receipt, its commitments against the rows, and its proof, here and by the chain's "
                    + "verifier. The next query is signed only when the answers before it are proved. Can be interrupted at "
                    + "any moment: the same command again goes on, and pays for no row twice, but with --again."
        },
        footer = {
            "",
            "Examples:",
            "  zkml ask patients.csv --pass 1 --out answers.csv --yes -w buyer",
            "  zkml ask patients.csv --pass 1 --unproved 64 --batch 16 --json --yes -w buyer",
            "      up to 64 rows wait for their proofs meanwhile: for these the seller is trusted; a JSON object a line",
            "  zkml ask patients.csv --pass 1 --drop 16 --without 7 --yes -w buyer",
            "      gives up the query of count 16, which the seller refused for its row 7, and asks about the other rows again",
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

    @Mixin
    private AskPace pace;

    @Parameters(
            paramLabel = "CSV",
            arity = "0..1",
            description = "The rows: the schema's features, by name. Only with --drop it may be missing.")
    private Path file;

    @Option(names = "--pass", required = true, paramLabel = "ID", description = "The pass's number.")
    private BigInteger passId;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the answers as CSV.")
    private Path out;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where the seller answers, if not where the model is listed, or not where it was before.")
    private String endpoint;

    @Option(
            names = "--again",
            description = {
                "Ask about rows that have their answers once more, and pay for them again. Every run with it pays for all of them:",
                "after an interruption, leave out of the file what was asked about again."
            })
    private boolean again;

    @Option(
            names = "--drop",
            paramLabel = "COUNT",
            description = {
                "Give up the query of this count, whose answer or proof does not come. The signature is out: the seller can",
                "release the price of its rows."
            })
    private List<Long> dropped = List.of();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "ROW",
            description = "Leave out these rows of the file, from 1.")
    private List<Integer> without = List.of();

    @Override
    public Integer call() {
        requireUsable();
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final InferenceContract market = MarketSession.market(opened, chain);
            final Pass pass = PassCommand.require(market, passId);
            try (PassLock lock = PassLock.take(opened.passFolder(passId))) {
                ask(opened, chain, pass, market.listing(pass.modelId()));
            }
        }
        return ExitCode.DONE.value();
    }

    private void requireUsable() {
        pace.requireUsable();
        if (file == null && dropped.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "no rows were named; name a CSV file, or a query with --drop");
        }
    }

    private void ask(Workspace opened, Chain chain, Pass pass, Listing listing) {
        final Path folder = opened.passFolder(passId);
        final CampaignTerms terms = new CampaignsContract(
                        chain, opened.deployment().trainingCampaigns())
                .campaign(pass.modelId())
                .terms();
        BoughtPass.require(folder, pass, listing, terms);
        final AskedRows rows = file == null
                ? null
                : new AskedRows(schema.findOrFetch(opened, pass.modelId(), terms), CsvTable.open(file), without);
        final PassRecords records = new PassRecords(opened, pass);
        if (!again && dropped.isEmpty() && records.outstanding().isEmpty()) {
            final AnsweredRows answers = new AnsweredRows(records, 0);
            if (answers.missing(rows).isEmpty()) { // nothing is to be sent
                finish(rows, answers, records);
                return;
            }
        }
        final String url = SellerClient.endpoint(console, pass, listing, endpoint, chain.chainId());
        if (endpoint == null) {
            AgreedEndpoint.requireNotMoved(folder, url);
        }
        if (!AgreedEndpoint.is(folder, url) && !records.outstanding().isEmpty()) {
            console.say("Queries that are signed already go to %s now.", url);
            confirmation.require(console, "send them there");
        }
        final AskSession session = AskSession.open(console, opened, passphrase, chain, pass, url);
        final Cures cures = new Cures(records, rows);
        final int deployedLq = AnswerVerifier.deployedLq(chain, opened.deployment(), terms);
        final Dropping dropping = new Dropping(session, records, confirmation);
        final List<Long> waiting = dropping.dropUnanswerable(dropped, deployedLq);
        records.outstanding().stream()
                .filter(query -> query.batch().lq() > deployedLq)
                .findFirst()
                .ifPresent(query -> {
                    throw cures.tooManyRows(query);
                });
        final AnswerVerifier verifier = AnswerVerifier.open(
                chain, opened.deployment(), setup.open(console, opened), pass, listing, largestLq(rows, records));
        final Questions questions = new Questions(session, records, verifier, cures, pace.unproved() > 0);
        waiting.forEach(count -> dropping.drop(count, questions));
        if (rows != null) {
            ask(rows, session, records, questions, url);
        }
    }

    private void ask(AskedRows rows, AskSession session, PassRecords records, Questions questions, String url) {
        final long before = again ? records.asked() : 0;
        final List<Integer> left = new AnsweredRows(records, before).missing(rows);
        requireOpen(session.pass(), left.size(), session.chain(), records);
        if (!left.isEmpty()) {
            console.say("%d rows of %s go to the seller, %s: it learns what is in them.", left.size(), file, url);
            confirmation.require(console, "send " + left.size() + " rows");
        }
        AgreedEndpoint.write(records.folder(), url);
        try (ProgressBar progress = new ProgressBar(console, List.of())) {
            new Asking(session, records, questions, pace).ask(rows, left, progress);
        }
        finish(rows, new AnsweredRows(records, before), records);
    }

    private void requireOpen(Pass pass, int left, Chain chain, PassRecords records) {
        if (left == 0) {
            return;
        }
        if (pass.closed() || pass.termEnd() < chain.latest().time()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "pass " + passId
                            + (pass.closed() ? " is closed" : " ended at " + Instant.ofEpochSecond(pass.termEnd()))
                            + "; buy another with \"zkml pass buy\"");
        }
        if (records.asked() + left > pass.queries()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "pass " + passId + " has " + (pass.queries() - records.asked()) + " rows left, " + file + " has "
                            + left + " that are not asked about yet; ask about fewer, or buy another pass");
        }
    }

    private int largestLq(AskedRows rows, PassRecords records) {
        final int largest = records.outstanding().stream()
                .mapToInt(answer -> answer.batch().rows())
                .reduce(rows == null ? 1 : Math.min(pace.batch(), rows.count()), Math::max);
        return Integer.SIZE - Integer.numberOfLeadingZeros(largest - 1);
    }

    private void finish(AskedRows rows, AnsweredRows answers, PassRecords records) {
        final String csv = answers.csv(rows);
        if (out != null) {
            AtomicFile.write(out, csv.getBytes(StandardCharsets.UTF_8));
            console.say("%d rows are answered and verified: %s.", rows.wanted().size(), out);
        } else {
            console.say("%s", csv.strip());
        }
        final ObjectNode result = Console.object()
                .put("event", "finished")
                .put("passId", passId.toString())
                .put("rows", rows.wanted().size())
                .put("count", records.asked())
                .put("out", out == null ? null : out.toString());
        console.result(result);
    }
}
