package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
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
     * Where a pass's seller answers.
     *
     * @param given by the user, or null: then where the model is listed now, if that is the pass's seller's
     */
    static String endpoint(Console console, Pass pass, Listing listing, String given, BigInteger chainId) {
        if (given != null) {
            final String url = HttpUrl.check("--endpoint", given);
            if (ListedEndpoint.inClear(url)) {
                console.warn(url + ": rows and answers travel there in clear");
            }
            return url;
        }
        if (!listing.seller().equals(pass.seller())) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "model " + pass.modelId() + " is listed for the seller " + listing.seller() + " now, pass "
                            + pass.id() + " is " + pass.seller()
                            + "'s: nothing was sent; name that seller's address with --endpoint");
        }
        final String url = HttpUrl.check("the endpoint", listing.endpoint());
        final String problem = ListedEndpoint.problem(url, chainId);
        if (problem != null) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    url + ": " + problem + "; ask the seller for another, or name the address with --endpoint if you"
                            + " want that");
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

    /** The answer as it is now; nothing if the seller knows none, or no longer. */
    Optional<SellerAnswer> get(AnswerFile query) {
        return server.find(path(query), permit(query)).map(SellerAnswer::new);
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
