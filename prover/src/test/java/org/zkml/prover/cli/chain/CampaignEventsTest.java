package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.Hex;
import org.zkml.prover.cli.chain.LyingNode.Answer;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;

/** Events as nodes have them: with numbers that nobody has use for, and in ranges of blocks that they choose. */
class CampaignEventsTest {

    private static final Address SOMEBODY = Address.of(BigInteger.valueOf(0xabc));
    private static final BigInteger CAMPAIGN = BigInteger.TWO;
    private static final BigInteger JUNK = BigInteger.ONE.shiftLeft(255);
    private static final Pattern RANGE =
            Pattern.compile("\"fromBlock\":\"(0x[0-9a-f]+)\",\"toBlock\":\"(0x[0-9a-f]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\"params\":\\[\"(0x[0-9a-f]+)\"");

    private static Deployment deployment() {
        return new Deployment(
                BigInteger.ONE,
                0,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY,
                SOMEBODY);
    }

    private static Answer block(long number) {
        return Answer.result("{\"number\": \"0x%x\", \"timestamp\": \"0x%x\"}".formatted(number, 12 * number));
    }

    /** What {@code publishShare} leaves. */
    private static String published(BigInteger round, BigInteger aggregator) {
        return log(
                TrainingCampaigns.SHAREPUBLISHED_EVENT,
                round,
                new Uint256(aggregator),
                new DynamicBytes(new byte[] {1}),
                new DynamicBytes(new byte[] {2}));
    }

    private static String log(Event event, BigInteger round, Type<?>... values) {
        return """
                {"address": "%s", "topics": ["%s", "%s", "%s", "%s"], "data": "0x%s", "blockNumber": "0x1",
                 "transactionHash": "%s", "transactionIndex": "0x0", "blockHash": "%s", "logIndex": "0x0", "removed": false}
                """.formatted(
                        SOMEBODY,
                        EventEncoder.encode(event),
                        Hex.word(CAMPAIGN),
                        Hex.word(round),
                        Hex.word(SOMEBODY.toBigInteger()),
                        FunctionEncoder.encodeConstructor(Arrays.asList(values)),
                        Hex.word(BigInteger.ONE),
                        Hex.word(BigInteger.ONE));
    }

    /** The answer may be undone: then the contribution is excluded, and the set another one. */
    @Test
    void aDisputeIsOpenInFinalBlocksUntilItsAnswerIsInOne() throws IOException {
        final Uint256 aggregator = new Uint256(1);
        final String disputed = log(TrainingCampaigns.SHAREDISPUTED_EVENT, BigInteger.ZERO, aggregator);
        final String revealed = log(
                TrainingCampaigns.SHAREREVEALED_EVENT,
                BigInteger.ZERO,
                aggregator,
                new DynamicArray<>(Uint256.class, new Uint256(7)),
                new Uint256(8));
        final AtomicLong head = new AtomicLong(10);
        try (LyingNode node = LyingNode.start(1, request -> {
                    final Matcher range = RANGE.matcher(request);
                    if (range.find()) {
                        final long from = Long.decode(range.group(1));
                        final long to = Long.decode(range.group(2));
                        final List<String> logs = new ArrayList<>();
                        if (from <= 5 && 5 <= to) {
                            logs.add(disputed);
                        }
                        if (from <= 6 && 6 <= to) {
                            logs.add(revealed);
                        }
                        return Answer.result(logs.toString());
                    }
                    final Matcher number = NUMBER.matcher(request);
                    return block(number.find() ? Long.decode(number.group(1)) : head.get());
                });
                Chain chain = node.chain()) {
            final CampaignEvents events = new CampaignEvents(chain, deployment(), CAMPAIGN, 5);
            assertTrue(events.openDisputes(0).isEmpty());
            assertEquals(List.of(new CampaignEvents.Dispute(SOMEBODY, 1)), events.settledOpenDisputes(0));
            head.incrementAndGet();
            events.refresh();
            assertTrue(events.settledOpenDisputes(0).isEmpty());
        }
    }

    @Test
    void passesOverEventsOfRoundsThatThereAreNot() throws IOException {
        final String logs = "[%s, %s, %s]"
                .formatted(
                        published(JUNK, BigInteger.ZERO),
                        published(BigInteger.ZERO, JUNK),
                        published(BigInteger.ZERO, BigInteger.ONE));
        try (LyingNode node = LyingNode.start(
                        1, request -> request.contains("eth_getLogs") ? Answer.result(logs) : block(9));
                Chain chain = node.chain()) {
            final CampaignEvents events = new CampaignEvents(chain, deployment(), CAMPAIGN, 0);
            final List<CampaignEvents.Published> published = events.published(0);
            assertEquals(1, published.size());
            assertEquals(1, published.getFirst().aggregator());
            assertTrue(events.contributors(0).isEmpty());
            assertTrue(events.openDisputes(0).isEmpty());
        }
    }

    @Test
    void asksForFewerBlocksWhereTheNodeRefusesMany() throws IOException {
        final long head = 20_000;
        final List<Long> read = new ArrayList<>();
        try (LyingNode node = LyingNode.start(1, request -> {
                    final Matcher range = RANGE.matcher(request);
                    if (!range.find()) {
                        final Matcher number = NUMBER.matcher(request);
                        return block(number.find() ? Long.decode(number.group(1)) : head);
                    }
                    final long from = Long.decode(range.group(1));
                    final long to = Long.decode(range.group(2));
                    if (to - from >= 1_000) {
                        return from % 2 == 0
                                ? Answer.error(-32005, "query returned more than 10000 results", "null")
                                : new Answer(400, "\"error\": {\"code\": -32600, \"message\": \"range too large\"}");
                    }
                    for (long block = from; block <= to; block++) {
                        read.add(block);
                    }
                    return Answer.result("[]");
                });
                Chain chain = node.chain()) {
            new CampaignEvents(chain, deployment(), CAMPAIGN, 64).refresh();
        }
        assertEquals(head + 1 + 64, read.size()); // the last 64 again
        assertEquals(head + 1, read.stream().distinct().count());
    }

    @Test
    void tellsWhatTheNodeSaysOfASingleBlock() throws IOException {
        try (LyingNode node = LyingNode.start(
                        1,
                        request -> request.contains("eth_getLogs")
                                ? Answer.error(-32601, "no such method", "null")
                                : block(9));
                Chain chain = node.chain()) {
            final CommandException failure =
                    assertThrows(CommandException.class, () -> new CampaignEvents(chain, deployment(), CAMPAIGN, 0));
            assertEquals(ExitCode.REFUSED, failure.exitCode());
            assertTrue(failure.getMessage().contains("no such method"), failure.getMessage());
        }
    }
}
