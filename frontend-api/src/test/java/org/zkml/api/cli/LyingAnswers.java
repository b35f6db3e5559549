package org.zkml.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.web3j.abi.EventEncoder;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;

/** Of nodes that lie to those who trust them. */
final class LyingAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERIFIED = EventEncoder.encode(TrainingCampaigns.CONTRIBUTIONVERIFIED_EVENT);

    private LyingAnswers() {}

    /** A contribution's event is hidden. */
    static RelayingNode.Answers hiding(Contributor hidden) {
        final String provider = HexFormat.of().formatHex(RoundId.word(hidden.account()));
        return (request, behind) -> {
            final String answer = behind.apply(request);
            return request.contains("eth_getLogs") ? without(answer, provider) : answer;
        };
    }

    /** The same, and the contract's sums are those of the others. */
    static RelayingNode.Answers hiding(Contributor hidden, RoundsContract.Sums sums, ContributorSet others) {
        final RelayingNode.Answers events = hiding(hidden);
        final String all = words(sums.sum(), sums.weightTotal(), sums.contributors());
        final String fewer =
                words(others.sum(), others.weightTotal(), others.contributors().size());
        return (request, behind) -> events.to(request, behind).replace(all, fewer);
    }

    /** Other encryption keys in the events. */
    static RelayingNode.Answers otherKey(byte[] x25519Key) {
        final byte[] own = x25519Key.clone();
        own[0] ^= 1;
        final UnaryOperator<String> lie = answer -> answer.replace(
                HexFormat.of().formatHex(x25519Key), HexFormat.of().formatHex(own));
        return (request, behind) ->
                request.contains("eth_getLogs") ? lie.apply(behind.apply(request)) : behind.apply(request);
    }

    private static String without(String answer, String provider) {
        try {
            final JsonNode node = JSON.readTree(answer);
            final Iterator<JsonNode> logs = ((ArrayNode) node.get("result")).elements();
            while (logs.hasNext()) {
                final JsonNode topics = logs.next().get("topics");
                if (topics.get(0).asText().equals(VERIFIED)
                        && topics.get(3).asText().endsWith(provider)) {
                    logs.remove();
                }
            }
            return node.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a round's record has them. */
    private static String words(G1Affine sum, long weightTotal, int contributors) {
        return HexFormat.of().formatHex(sum.toBytes()) + "%064x%064x".formatted(weightTotal, contributors);
    }
}
