package org.zkml.backend.chain.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.market.TestMarket;

class RelayerKeyTest {

    private static final BigInteger DEVELOPMENT = BigInteger.valueOf(31337);
    private static final BigInteger MAINNET = BigInteger.ONE;

    @Test
    void isHardhatsLastAccountOnTheDevelopmentChainIfNoneIsConfigured() {
        assertEquals(
                TestMarket.account(19).getAddress(),
                RelayerKey.choose(DEVELOPMENT, Optional.empty()).getAddress());
    }

    @Test
    void hasToBeConfiguredOnAnyOtherChain() {
        final var refused =
                assertThrows(ChainUnavailableException.class, () -> RelayerKey.choose(MAINNET, Optional.empty()));
        assertTrue(refused.getMessage().contains("zkml.chain.relayer.key-file"));
    }

    @Test
    void isNoPublishedKeyOnAnyOtherChain() {
        for (int i = 0; i < 20; i++) {
            final String key = Numeric.toHexStringWithPrefixZeroPadded(
                    TestMarket.account(i).getEcKeyPair().getPrivateKey(), 64);
            assertThrows(ChainUnavailableException.class, () -> RelayerKey.choose(MAINNET, Optional.of(key)));
            assertEquals(
                    TestMarket.account(i).getAddress(),
                    RelayerKey.choose(DEVELOPMENT, Optional.of(key)).getAddress());
        }
    }

    @Test
    void isNotQuotedWhenItIsMistyped() {
        final String mistyped = "0x11223344556677889900aabbccddeeff11223344556677889900aabbccddee";
        final var refused =
                assertThrows(ChainUnavailableException.class, () -> RelayerKey.choose(MAINNET, Optional.of(mistyped)));
        assertFalse(refused.getMessage().contains("1122"));
        assertTrue(refused.getMessage().contains("64 hexadecimal digits"));
    }
}
