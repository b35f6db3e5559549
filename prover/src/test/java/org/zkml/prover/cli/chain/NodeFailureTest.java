package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;
import org.zkml.prover.cli.chain.LyingNode.Answer;

/** Nodes that fail, and contracts that revert with bytes of their own making. */
class NodeFailureTest {

    private static final Address CONTRACT = Address.of(BigInteger.TEN);
    private static final String SENDER = "0x000000000000000000000000000000000000000b";

    private static CommandException failure(Answer answer) throws IOException {
        try (LyingNode node = LyingNode.start(1, request -> answer);
                Chain chain = Chain.at(node.url() + "/v2/api-key")) {
            return assertThrows(CommandException.class, () -> chain.simulate(SENDER, CONTRACT, "0x12345678"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 502, 503})
    void aStatusOfHttpIsAFailureThatPasses(int status) throws IOException {
        final CommandException failure = failure(new Answer(status, "\"result\": \"0x\""));
        assertEquals(ExitCode.IO, failure.exitCode());
        assertTrue(failure.getMessage().contains(Integer.toString(status)), failure.getMessage());
        assertFalse(failure.getMessage().contains("api-key"), failure.getMessage());
    }

    @Test
    void aNodeThatIsNotThereIsNamedWithoutItsKey() {
        final CommandException failure =
                assertThrows(CommandException.class, () -> Chain.at("http://127.0.0.1:1/v2/api-key"));
        assertEquals(ExitCode.IO, failure.exitCode());
        assertTrue(failure.getMessage().startsWith("http://127.0.0.1:1: "), failure.getMessage());
    }

    /** Panic without its code, with half of it, Error with a length beyond all bounds, selectors of nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x4e487b71",
                "0x4e487b7100000000",
                "0x08c379a0",
                "0x08c379a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0x08c379a00000000000000000000000000000000000000000000000000000000000000020"
                        + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0x12345678"
            })
    void revertDataIsToldHoweverItIsMade(String data) throws IOException {
        final CommandException failure = failure(Answer.error(3, "execution reverted", "\"" + data + "\""));
        assertEquals(ExitCode.REFUSED, failure.exitCode());
        assertTrue(failure.getMessage().contains("the contract refused: "), failure.getMessage());
    }

    @Test
    void longRevertDataIsCutOff() throws IOException {
        final CommandException failure =
                failure(Answer.error(3, "execution reverted", "\"0x12345678" + "00".repeat(100_000) + "\""));
        assertTrue(failure.getMessage().length() < 2_000, failure.getMessage());
    }
}
