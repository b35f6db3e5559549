package org.zkml.prover.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.LyingNode;
import org.zkml.prover.cli.chain.LyingNode.Answer;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.fixedpoint.ModelKind;

/** How long a provider waits for the final model: its campaign's state is read after the events. */
class ParticipationTest {

    private static final long PATIENCE = 3_600;
    /** Of the chain that the nodes of these tests tell of: a block every 12 seconds. */
    private static final long HEAD = 1_000;

    private static Campaign finished(int rounds) {
        final CampaignTerms terms = new CampaignTerms(
                null,
                null,
                null,
                null,
                2,
                1,
                1,
                rounds,
                3,
                3,
                0,
                2,
                0,
                2,
                8,
                ModelKind.LOGISTIC,
                true,
                new CampaignTerms.Windows(PATIENCE, PATIENCE, PATIENCE, PATIENCE, PATIENCE),
                BigInteger.ZERO,
                BigInteger.ZERO);
        return new Campaign(
                BigInteger.ONE,
                Address.of(BigInteger.ONE),
                CampaignState.FINISHED,
                rounds,
                3,
                terms,
                List.of(),
                new Campaign.Deadlines(0, 0, 0, 0, 0, 0));
    }

    private static Deployment deployment() {
        return Deployment.read(
                JsonFile.parse("deployment", SmallCampaign.deploymentOn(1).getBytes(StandardCharsets.US_ASCII)));
    }

    private static String averaged(int round, long block) {
        return """
                {"address": "%s", "topics": ["%s", "%s", "%s"], "data": "0x%s", "blockNumber": "0x%x",
                 "transactionHash": "%s", "transactionIndex": "0x0", "blockHash": "%s", "logIndex": "0x0", "removed": false}
                """.formatted(
                        deployment().trainingCampaigns(),
                        EventEncoder.encode(TrainingCampaigns.ROUNDAVERAGED_EVENT),
                        Hex.word(BigInteger.ONE),
                        Hex.word(BigInteger.valueOf(round)),
                        "00".repeat(7 * 32),
                        block,
                        Hex.word(BigInteger.ONE),
                        Hex.word(BigInteger.ONE));
    }

    private static Answer block(String request) {
        final String number = request.replaceAll(".*\"params\":\\[\"([^\"]*)\".*", "$1");
        final long block = number.equals("latest") ? HEAD : Long.decode(number);
        return Answer.result("{\"number\": \"0x%x\", \"timestamp\": \"0x%x\"}".formatted(block, 12 * block));
    }

    /** @param blocks where the averages are that the node has */
    private static boolean isLate(int rounds, long... blocks) throws IOException {
        final String logs = IntStream.range(0, blocks.length)
                .mapToObj(round -> averaged(round, blocks[round]))
                .toList()
                .toString();
        try (LyingNode node = LyingNode.start(
                        1, request -> request.contains("eth_getLogs") ? Answer.result(logs) : block(request));
                Chain chain = node.chain()) {
            final CampaignEvents events = new CampaignEvents(chain, deployment(), BigInteger.ONE, 0);
            return Participation.isLate(finished(rounds), events, chain);
        }
    }

    @Test
    void waitsForAModelWhoseAverageTheEventsDoNotHaveYet() throws IOException {
        assertFalse(isLate(1));
        assertFalse(isLate(2, 1));
        assertFalse(isLate(3, 1, 2));
    }

    @Test
    void waitsAsLongAsAggregatorsHaveForAnAverage() throws IOException {
        assertFalse(isLate(1, HEAD - PATIENCE / 12 + 1));
        assertTrue(isLate(1, HEAD - PATIENCE / 12));
        assertFalse(isLate(2, 1, HEAD));
        assertTrue(isLate(2, 1, 2));
    }
}
