package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.chain.Pending;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.relation.StatementJson;

/** Sends messages to a server, which checks them, pays the gas, and says when they are mined. */
final class ServerRelay implements Relay {

    private static final String API = "/api/v1";
    private static final long POLL_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Server server;
    private final Duration patience;

    ServerRelay(Server server) {
        this(server, PATIENCE);
    }

    /** @param patience how long to wait for a transaction, however slowly the server answers: what was relayed may have to be followed by what needs no server */
    ServerRelay(Server server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    @Override
    public Receipt register(Registration registration) {
        final ObjectNode body = Console.object();
        body.set("statement", StatementJson.write(registration.statement()));
        body.put("proof", Hex.of(registration.proof()));
        body.set("authorization", registration.authorization().write());
        return relayed(server.post(API + "/datasets", body));
    }

    @Override
    public Receipt join(SeatRequest request) {
        final ObjectNode body = Console.object()
                .put("provider", lower(request.provider()))
                .put("datasetId", Hex.of(request.datasetId()))
                .put("rowCap", request.rowCap())
                .put("x25519Key", Hex.of(request.x25519Key()))
                .put("mlKemKey", Hex.of(request.mlKemKey()));
        final ArrayNode membership = body.putArray("membership");
        request.membership().forEach(node -> membership.add(Hex.of(node)));
        body.set("authorization", request.authorization().write());
        return relayed(server.post(API + "/campaigns/" + request.campaignId() + "/seats", body));
    }

    @Override
    public Receipt contribute(Contribution contribution) {
        final ObjectNode body = Console.object();
        body.set("statement", StatementJson.write(contribution.statement()));
        body.put("datasetId", Hex.of(contribution.datasetId()));
        final ArrayNode shares = body.putArray("shares");
        contribution.shares().forEach(share -> shares.add(point(share)));
        body.put("proof", Hex.of(contribution.proof()));
        body.set("authorization", contribution.authorization().write());
        if (contribution.report() != null) {
            body.set("report", contribution.report());
        }
        return relayed(server.post(API + "/contributions", body));
    }

    @Override
    public Receipt claim(BigInteger campaignId, Address account) {
        return relayed(server.post(
                API + "/campaigns/" + campaignId + "/claims", Console.object().put("account", lower(account))));
    }

    @Override
    public Pending publishShare(MessageContext context, int aggregator, Mailbox.Signed share) {
        final ObjectNode body = Console.object()
                .put("provider", lower(Address.of(context.sender())))
                .put("aggregator", lower(Address.of(context.recipient())))
                .put("envelope", Hex.of(share.envelope()))
                .put("signature", Hex.of(share.signature()));
        final Server.Created created = server.post(path(context.round()) + "/shares", body);
        return () -> relayed(created);
    }

    @Override
    public Receipt revealShare(RoundId round, Contributor contributor, ShareAnswer answer) {
        final ObjectNode body = Console.object()
                .put("provider", lower(Address.of(contributor.account())))
                .put("aggregatorIndex", answer.aggregator())
                .put("share", Hex.of(answer.share().encode()));
        body.set("quotient", point(answer.quotient()));
        return relayed(server.post(path(round) + "/answers", body));
    }

    private static String path(RoundId round) {
        return API + "/campaigns/" + round.campaignId() + "/rounds/" + round.round();
    }

    private static ObjectNode point(G1Affine point) {
        return Console.object()
                .put("x", point.x().toString())
                .put("y", point.y().toString());
    }

    private static String lower(Address address) {
        return Hex.of(address.toBytes());
    }

    /** Waits until a relayed message is mined. */
    private Receipt relayed(Server.Created created) {
        JsonFile resource = created.body();
        final long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            switch (resource.text("status")) {
                case "mined", "final" -> {
                    return new Receipt(
                            resource.text("transactionHash"),
                            resource.integer("blockNumber", 0, Long.MAX_VALUE),
                            BigInteger.valueOf(resource.integer("gasUsed", 0, Long.MAX_VALUE)));
                }
                case "failed" ->
                    throw new CommandException(
                            ExitCode.REFUSED,
                            "the server could not relay the message: "
                                    + resource.node()
                                            .path("failure")
                                            .path("detail")
                                            .asText("no reason given"));
                default -> pause();
            }
            resource = server.getJson(created.location());
        }
        throw new CommandException(
                ExitCode.IO,
                created.location() + ": not mined after " + patience.toSeconds()
                        + " seconds; run the command again later, nothing is sent twice");
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.IO, "interrupted; run the command again, nothing is sent twice", e);
        }
    }
}
