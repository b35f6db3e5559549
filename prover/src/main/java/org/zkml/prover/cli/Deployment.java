package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import org.zkml.prover.envelope.RoundId;

/**
 * Where the protocol's contracts are: {@code deployment.json}. Whoever uses it trusts these addresses, and through them the chain, and nothing else.
 *
 * @param chainId the chain
 * @param block the block of the deployment: nothing happened before it
 */
public record Deployment(
        BigInteger chainId,
        long block,
        Address protocolParameters,
        Address datasetVerifier,
        Address trainingVerifier,
        Address aggregationVerifier,
        Address inferenceVerifier,
        Address evaluationVerifier,
        Address datasetRegistry,
        Address trainingCampaigns,
        Address rewardToken,
        Address inferenceMarket,
        Address modelMetrics) {

    /** The only chain on which an unsafe setup is of use. */
    public static final BigInteger DEVELOPMENT_CHAIN = BigInteger.valueOf(31337);

    private static final String FORMAT = "zkml-deployment/1";

    public static Deployment read(JsonFile json) {
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        final JsonFile contracts = json.object("contracts");
        return new Deployment(
                json.decimal("chainId"),
                json.integer("block", 0, Long.MAX_VALUE),
                contracts.address("protocolParameters"),
                contracts.address("datasetVerifier"),
                contracts.address("trainingVerifier"),
                contracts.address("aggregationVerifier"),
                contracts.address("inferenceVerifier"),
                contracts.address("evaluationVerifier"),
                contracts.address("datasetRegistry"),
                contracts.address("trainingCampaigns"),
                contracts.address("rewardToken"),
                contracts.address("inferenceMarket"),
                contracts.address("modelMetrics"));
    }

    /** What folders of these contracts are called: the chain's id and how the address of {@code TrainingCampaigns} begins. */
    public String name() {
        return chainId + "-" + Hex.of(trainingCampaigns.toBytes()).substring(2, 10);
    }

    /** A round of a campaign of these contracts. */
    public RoundId round(BigInteger campaignId, long round) {
        return new RoundId(chainId, trainingCampaigns.toBigInteger(), campaignId, round);
    }

    public ObjectNode write() {
        final ObjectNode json = Console.object()
                .put("format", FORMAT)
                .put("chainId", chainId.toString())
                .put("block", block);
        json.putObject("contracts")
                .put("protocolParameters", protocolParameters.toString())
                .put("datasetVerifier", datasetVerifier.toString())
                .put("trainingVerifier", trainingVerifier.toString())
                .put("aggregationVerifier", aggregationVerifier.toString())
                .put("inferenceVerifier", inferenceVerifier.toString())
                .put("evaluationVerifier", evaluationVerifier.toString())
                .put("datasetRegistry", datasetRegistry.toString())
                .put("trainingCampaigns", trainingCampaigns.toString())
                .put("rewardToken", rewardToken.toString())
                .put("inferenceMarket", inferenceMarket.toString())
                .put("modelMetrics", modelMetrics.toString());
        return json;
    }
}
