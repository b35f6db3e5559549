package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;

/** A node that says what it likes about the time. */
class ChainTimeTest {

    private static final long DAY = 86_400;

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /** Until when a message would be good that is signed now. */
    private static BigInteger tomorrow(long chainId, BigInteger blockTime) throws IOException {
        try (LyingNode node = LyingNode.start(
                        chainId,
                        request -> LyingNode.Answer.result(
                                "{\"timestamp\": \"0x%s\"}".formatted(blockTime.toString(16))));
                Chain chain = node.chain()) {
            return chain.tomorrow();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_500, 0, 3_500})
    void signsForADayByTheLaterClock(long ahead) throws IOException {
        final long before = now();
        final BigInteger end = tomorrow(1, BigInteger.valueOf(before + ahead));
        final long expected = before + Math.max(0, ahead) + DAY;
        assertTrue(end.longValueExact() >= expected && end.longValueExact() <= expected + 60, end.toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {-4_000, 4_000, 1L << 62})
    void signsNothingForANodeWithAnotherTime(long ahead) {
        final CommandException failure = assertThrows(
                CommandException.class,
                () -> tomorrow(1, BigInteger.valueOf(now()).add(BigInteger.valueOf(ahead))));
        assertEquals(ExitCode.REFUSED, failure.exitCode());
        assertTrue(failure.getMessage().contains("more than an hour apart"), failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {4_000, 400_000})
    void followsTheTimeOfADevelopmentChain(long ahead) throws IOException {
        final BigInteger block = BigInteger.valueOf(now() + ahead);
        assertEquals(block.add(BigInteger.valueOf(DAY)), tomorrow(31337, block));
    }
}
