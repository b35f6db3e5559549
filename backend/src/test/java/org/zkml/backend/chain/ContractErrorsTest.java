package org.zkml.backend.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Revert data of contracts that make it up. */
class ContractErrorsTest {

    /** Panic without its code, with half of it, Error with a length beyond all bounds, a selector of nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x4e487b7100000000",
                "0x08c379a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "0x12345678"
            })
    void isARefusalHoweverItIsMade(String data) {
        final RefusedByContractException refusal =
                new ContractErrors().refusal(3, "execution reverted", data).orElseThrow();
        assertEquals("Reverted", refusal.error());
        assertEquals("Reverted(" + data + ")", refusal.detail());
    }
}
