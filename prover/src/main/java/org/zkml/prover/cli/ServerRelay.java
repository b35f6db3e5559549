package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import org.zkml.prover.curve.G1Affine;
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
        for (G1Affine share : contribution.shares()) {
            shares.addObject().put("x", share.x().toString()).put("y", share.y().toString());
        }
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
