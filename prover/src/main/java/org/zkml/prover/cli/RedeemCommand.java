package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.inference.MarketMessages;
import org.zkml.prover.inference.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml redeem}. */
@Command(
        name = "redeem",
        mixinStandardHelpOptions = true,
        description = {
            "Releases the price of what a seller's instance has answered and proved.",
            "That is, of every pass the highest count up to which all answers are proved. Anybody may: the money "
                    + "goes to contributors, owner and protocol, whoever sends the transactions. Passes that end first come "
                    + "first; one that fails keeps no other from being redeemed."
        },
        footer = {
            "",
            "Examples:",
            "  zkml redeem -w owner",
            "      from the workspace's server",
            "  zkml redeem --endpoint https://models.example.org --json -w hospital-a"
        })
final class RedeemCommand implements Callable<Integer> {

    private static final String PATH = "/api/v1/redemptions";
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 1 << 16;
    private static final int SIGNATURE_BYTES = 65;

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The seller's instance. Without it: the workspace's server.")
    private String endpoint;

    @Option(names = "--pass", paramLabel = "ID", description = "This pass only.")
    private BigInteger passId;

    private record Redemption(Query query, byte[] signature) {
        static Redemption read(JsonFile json) {
            return new Redemption(
                    new Query(
                            json.decimal("modelId"),
                            json.decimal("passId"),
                            json.integer("count", 1, 0xffff_ffffL),
                            json.hex("inputsHash", 32),
                            json.decimal("deadline")),
                    json.hex("signature", SIGNATURE_BYTES));
        }
    }

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Server server =
                endpoint == null ? SendOptions.server(opened) : new Server(HttpUrl.check("--endpoint", endpoint));
        final ObjectNode result = Console.object();
        final ArrayNode redeemed = result.putArray("redeemed");
        final Attempts attempts = new Attempts();
        try (MarketSession session = MarketSession.open(console, opened, passphrase, fee)) {
            final List<Due> all = due(session, server);
            all.forEach(due -> attempts.run(() -> redeem(session, due, redeemed)));
            if (all.isEmpty()) {
                console.say("Nothing to redeem: all that is proved is redeemed already.");
            }
        }
        console.result(result);
        attempts.end();
        return ExitCode.DONE.value();
    }

    /** A redemption and the pass that it is of. */
    private record Due(Redemption redemption, Pass pass) {}

    /** What is left to redeem; first of the passes that end first, since a pass that is closed is lost. */
    private List<Due> due(MarketSession session, Server server) {
        final List<Due> due = new ArrayList<>();
        for (Redemption redemption : redemptions(server)) {
            final Query query = redemption.query();
            final Pass pass = passId == null || passId.equals(query.passId())
                    ? session.market().pass(query.passId())
                    : null;
            if (pass != null && !pass.closed() && query.count() > pass.redeemed()) {
                due.add(new Due(redemption, pass));
            }
        }
        due.sort(Comparator.comparingLong(one -> one.pass().termEnd()));
        return due;
    }

    private static List<Redemption> redemptions(Server server) {
        final List<Redemption> all = new ArrayList<>();
        String after = "0";
        for (int pages = 0; after != null; pages++) {
            final JsonFile page = server.getJson(PATH + "?limit=" + PAGE + "&after=" + after);
            page.objects("items", Function.identity()).forEach(item -> all.add(Redemption.read(item)));
            after = page.has("next") ? page.decimal("next").toString() : null;
            if (pages == MAX_PAGES) {
                throw page.problem("next", "is " + after + " after " + pages + " pages", "ask whoever runs the server");
            }
        }
        return all;
    }

    private void redeem(MarketSession session, Due due, ArrayNode redeemed) {
        final Query query = due.redemption().query();
        final byte[] signature = due.redemption().signature();
        final Pass pass = due.pass();
        final Deployment deployment = session.workspace().deployment();
        final byte[] digest = new MarketMessages(
                        deployment.chainId(), deployment.inferenceMarket().toBigInteger())
                .query(query);
        if (!pass.modelId().equals(query.modelId())
                || query.count() > pass.queries()
                || !SessionKey.isBy(pass.sessionKey(), digest, signature)) {
            console.warn("pass " + pass.id() + ": the server's query of count " + query.count()
                    + " is not signed by the pass's session key; left out");
            return;
        }
        final BigInteger released = released(pass, query.count()).subtract(released(pass, pass.redeemed()));
        final Receipt receipt = session.market().redeem(session.sender(), query, signature);
        console.say(
                "Pass %s: rows %d to %d redeemed, %s tokens released.",
                pass.id(), pass.redeemed() + 1, query.count(), Tokens.text(released));
        console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
        final ObjectNode json = redeemed.addObject()
                .put("passId", pass.id().toString())
                .put("modelId", pass.modelId().toString())
                .put("from", pass.redeemed())
                .put("count", query.count())
                .put("released", released.toString());
        receipt.writeTo(json);
    }

    /** R(count) of docs/marketplace.md. */
    private static BigInteger released(Pass pass, long count) {
        return pass.price().multiply(BigInteger.valueOf(count)).divide(BigInteger.valueOf(pass.queries()));
    }
}
