package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URI;
import java.util.Map;
import org.zkml.prover.cli.chain.SessionKey;

/** A seller's instance, as the buyer of a pass uses it. It is a stranger's: what it answers is checked by whoever asks. */
final class SellerClient {

    private static final String API = "/api/v1";
    private static final long PERMIT_SECONDS = 300;

    private final Server server;
    private final SessionKey sessionKey;

    SellerClient(String endpoint, SessionKey sessionKey) {
        this.server = new Server(endpoint);
        this.sessionKey = sessionKey;
    }

    /**
     * Where a model is sold.
     *
     * @param given by the user, or null
     */
    static String endpoint(Console console, Listing listing, String given) {
        if (given == null && listing.endpoint().isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "model " + listing.modelId() + " was never listed; name its seller with --endpoint");
        }
        final String url = HttpUrl.check("the endpoint", given == null ? listing.endpoint() : given);
        final URI uri = URI.create(url);
        if ("http".equals(uri.getScheme()) && !uri.getHost().matches("localhost|127\\.[0-9.]+|\\[::1]")) {
            if (given == null) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        url
                                + ": rows and answers would travel there in clear; ask the seller for https, or name the address"
                                + " with --endpoint if you want that");
            }
            console.warn(url + ": rows and answers travel there in clear");
        }
        return url;
    }

    /** Asks, or asks again: the same query has one answer. */
    SellerAnswer ask(AnswerFile query, boolean proofLater) {
        final String path = API + "/models/" + query.query().modelId() + "/predictions";
        return new SellerAnswer(server.post(path, query.request(proofLater)).body());
    }

    /** Has an answer proved afterwards. */
    SellerAnswer askForProof(AnswerFile query) {
        final Map<String, String> permit = permit(query);
        final ObjectNode body = Console.object()
                .put("deadline", permit.get("Predictions-Deadline"))
                .put("signature", permit.get("Predictions-Signature"));
        return new SellerAnswer(server.post(path(query) + "/proof", body).body());
    }

    /** The answer as it is now. */
    SellerAnswer get(AnswerFile query) {
        return server.find(path(query), permit(query))
                .map(SellerAnswer::new)
                .orElseThrow(() -> new CommandException(
                        ExitCode.REFUSED,
                        "the seller knows no answer to count " + query.query().count() + " of pass "
                                + query.query().passId() + ", or its receipt's term is over"));
    }

    private static String path(AnswerFile query) {
        return API + "/predictions/" + Hex.of(query.queryId());
    }

    private Map<String, String> permit(AnswerFile query) {
        final BigInteger deadline = BigInteger.valueOf(System.currentTimeMillis() / 1000 + PERMIT_SECONDS);
        final byte[] digest = query.messages().reading(query.query().passId(), deadline);
        return Map.of(
                "Predictions-Deadline", deadline.toString(), "Predictions-Signature", Hex.of(sessionKey.sign(digest)));
    }
}
