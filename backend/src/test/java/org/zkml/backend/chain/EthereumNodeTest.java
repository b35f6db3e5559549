package org.zkml.backend.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.zkml.backend.market.HardhatNode;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.backend.market.TestMarket;

/** What is the contract's refusal, and what the node's own trouble. */
@QuarkusTest
@OnManualMarket
class EthereumNodeTest {

    private static final String CONTRACT = "0x00000000000000000000000000000000000000c0";
    private static final String REVERTING = "0x60006000fd";
    /** Asks for 16 MiB of memory: MLOAD at 2^24 - 1 costs half a thousand million gas. */
    private static final String GREEDY = "0x62ffffff51";

    private static final long NO_SUCH_BLOCK = 1_000_000_000;

    @Inject
    ChainConfig config;

    @Inject
    EthereumNode node;

    private final String account = TestMarket.account(3).getAddress();
    private HardhatNode hardhat;

    @BeforeEach
    void connect() {
        hardhat = HardhatNode.at(config.rpcUrl().toString());
    }

    @Test
    void tellsThatAContractReverts() {
        hardhat.call("hardhat_setCode", CONTRACT, REVERTING);
        final var called =
                assertThrows(RefusedByContractException.class, () -> node.call(account, CONTRACT, "0x12345678"));
        assertEquals("Reverted", called.error());
        assertThrows(RefusedByContractException.class, () -> node.estimateGas(account, CONTRACT, "0x12345678"));
    }

    @Test
    void tellsThatAContractNeedsMoreGasThanThereIs() {
        hardhat.call("hardhat_setCode", CONTRACT, GREEDY);
        final var refused =
                assertThrows(RefusedByContractException.class, () -> node.estimateGas(account, CONTRACT, "0x12345678"));
        assertEquals("OutOfGas", refused.error());
    }

    @Test
    void blamesNoContractForWhatTheNodeCannotDo() {
        final var block = DefaultBlockParameter.valueOf(BigInteger.valueOf(NO_SUCH_BLOCK));
        assertThrows(ChainUnavailableException.class, () -> node.call(account, CONTRACT, "0x12345678", block));
        assertThrows(ChainUnavailableException.class, () -> node.call(account, "0x12", "0x12345678"));
        assertThrows(ChainUnavailableException.class, () -> node.estimateGas(account, "0x12", "0x12345678"));
    }

    @Test
    void saysThatATransactionRevertedThoughTheNodeCannotTellWhy() {
        final RefusedByContractException told = node.replay(account, CONTRACT, "0x12345678", NO_SUCH_BLOCK);
        assertEquals("Reverted", told.error());
        assertTrue(told.detail().contains("reverted in block " + NO_SUCH_BLOCK));
    }

    @Test
    void knowsTheErrorsOfOtherNodes() {
        final ContractErrors errors = new ContractErrors();
        // Error(string) with the text "no"
        final String data = "0x08c379a0" + "0".repeat(62) + "20" + "0".repeat(63) + "2" + "6e6f" + "0".repeat(60);
        assertEquals(Optional.of("Error(no)"), detail(errors, 3, "execution reverted: no", data));
        assertEquals(Optional.of("Error(no)"), detail(errors, -32000, "execution reverted", data));
        assertEquals(Optional.of("Error(no)"), detail(errors, -32015, "VM execution error.", "Reverted " + data));
        assertEquals(Optional.of("Error(no)"), detail(errors, -32603, "Internal error", data));
        assertEquals(
                Optional.of("gas required exceeds allowance (30000000)"),
                detail(errors, -32000, "gas required exceeds allowance (30000000)", null));
        assertEquals(Optional.empty(), detail(errors, -32005, "daily request count exceeded", null));
        assertEquals(
                Optional.empty(),
                detail(errors, -32000, "missing trie node 0a0b0c0d (path )", "{\"node\":\"0x0a0b0c0d\"}"));
    }

    private static Optional<String> detail(ContractErrors errors, int code, String message, String data) {
        return errors.refusal(code, message, data).map(RefusedByContractException::detail);
    }
}
