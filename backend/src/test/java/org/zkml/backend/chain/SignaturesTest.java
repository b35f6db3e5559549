package org.zkml.backend.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;
import org.zkml.backend.market.HardhatNode;
import org.zkml.backend.market.OnManualMarket;
import org.zkml.backend.market.TestMarket;
import org.zkml.prover.hash.Keccak256;

@QuarkusTest
@OnManualMarket
class SignaturesTest {

    private static final byte[] DIGEST = Keccak256.hash(new byte[] {1, 2, 3});
    /** Returns ERC-1271's magic value, whatever is asked: PUSH4 magic, shift it to the left end, return the word. */
    private static final String AGREEABLE_WALLET = "631626ba7e60e01b60005260206000f3";
    /** Returns a word of zeros. */
    private static final String REFUSING_WALLET = "60206000f3";
    /** Returns what it is called with, which begins as the magic value does. */
    private static final String ECHOING_WALLET = "366000600037366000f3";
    /** Returns the magic value's four bytes and no more. */
    private static final String SHORT_WALLET = "631626ba7e60e01b60005260046000f3";
    /** Reverts. */
    private static final String FAILING_WALLET = "60006000fd";

    @Inject
    ChainConfig config;

    @Inject
    EthereumNode ethereum;

    @Inject
    Signatures signatures;

    private final Credentials account = TestMarket.account(3);
    private HardhatNode node;

    @BeforeEach
    void connect() {
        node = HardhatNode.at(config.rpcUrl().toString());
    }

    @Test
    void acceptTheAccountsOwn() {
        signatures.require(account.getAddress(), DIGEST, authorization(sign(account, DIGEST)));
    }

    @Test
    void refuseAnothers() {
        final var refused = assertThrows(
                SignatureRejectedException.class,
                () -> signatures.require(
                        account.getAddress(), DIGEST, authorization(sign(TestMarket.account(4), DIGEST))));
        assertTrue(refused.getMessage().contains(TestMarket.account(4).getAddress()));
        assertArrayEquals(DIGEST, refused.digest());
    }

    @Test
    void refuseOneOfAnotherMessage() {
        assertRefused(account.getAddress(), sign(account, Keccak256.hash(DIGEST)));
    }

    @Test
    void refuseTheOtherSpellingOfTheSameSignature() {
        final byte[] signature = sign(account, DIGEST);
        final BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        final byte[] flipped = signature.clone();
        System.arraycopy(Hex.word(Sign.CURVE_PARAMS.getN().subtract(s)), 0, flipped, 32, 32);
        flipped[64] = (byte) (signature[64] == 27 ? 28 : 27);
        assertRefused(account.getAddress(), flipped);
    }

    @Test
    void refuseBytesThatAreNone() {
        assertRefused(account.getAddress(), new byte[0]);
        assertRefused(account.getAddress(), new byte[64]);
        assertRefused(account.getAddress(), new byte[65]);
        final byte[] oddRecovery = sign(account, DIGEST);
        oddRecovery[64] = 29;
        assertRefused(account.getAddress(), oddRecovery);
        final byte[] noPoint = new byte[65];
        Arrays.fill(noPoint, (byte) 0x7f);
        noPoint[64] = 27;
        assertRefused(account.getAddress(), noPoint);
    }

    @Test
    void areNotRelayedForAccountsWithCodeWhateverTheySay() {
        final String agreeable = deploy(AGREEABLE_WALLET);
        final var refused = assertThrows(
                NotRelayedException.class, () -> signatures.require(agreeable, DIGEST, authorization(new byte[] {1})));
        assertTrue(refused.getMessage().contains(agreeable));
        assertTrue(refused.getMessage().contains("--direct"));
    }

    @Test
    void areNotRelayedIfTheirDeadlineIsNear() {
        final long now = Math.max(ethereum.latest().timestamp(), System.currentTimeMillis() / 1000);
        for (long deadline : new long[] {0, ethereum.latest().timestamp(), now + 890}) {
            final var refused = assertThrows(NotRelayedException.class, () -> requireUntil(deadline));
            assertTrue(refused.getMessage().contains("the deadline " + deadline));
        }
        requireUntil(now + 1_000);
    }

    private void requireUntil(long deadline) {
        signatures.require(
                account.getAddress(),
                DIGEST,
                new Authorization(BigInteger.ZERO, BigInteger.valueOf(deadline), sign(account, DIGEST)));
    }

    @Test
    void leaveItToAWalletWhatItAcceptsIfWalletsAreAllowed() {
        final ChainConfig allowed = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ChainConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("zkml.chain.relayer.contract-accounts", "true"), "wallets allowed", 1))
                .build()
                .getConfigMapping(ChainConfig.class);
        final Signatures tolerant = new Signatures(ethereum, new RelayRules(ethereum, allowed));
        tolerant.require(deploy(AGREEABLE_WALLET), DIGEST, authorization(new byte[] {1}));
        assertRefused(tolerant, deploy(REFUSING_WALLET), sign(account, DIGEST));
        assertRefused(tolerant, deploy(FAILING_WALLET), sign(account, DIGEST));
        assertRefused(tolerant, deploy(ECHOING_WALLET), sign(account, DIGEST));
        assertRefused(tolerant, deploy(SHORT_WALLET), sign(account, DIGEST));
    }

    private void assertRefused(String signer, byte[] signature) {
        assertRefused(signatures, signer, signature);
    }

    private static void assertRefused(Signatures signatures, String signer, byte[] signature) {
        assertThrows(
                SignatureRejectedException.class, () -> signatures.require(signer, DIGEST, authorization(signature)));
    }

    private static Authorization authorization(byte[] signature) {
        return new Authorization(BigInteger.ZERO, BigInteger.valueOf(4_000_000_000L), signature);
    }

    private static byte[] sign(Credentials account, byte[] digest) {
        final Sign.SignatureData data = Sign.signMessage(digest, account.getEcKeyPair(), false);
        final byte[] signature = new byte[65];
        System.arraycopy(data.getR(), 0, signature, 0, 32);
        System.arraycopy(data.getS(), 0, signature, 32, 32);
        signature[64] = data.getV()[0];
        return signature;
    }

    /** A contract with this code: its constructor copies what follows it. */
    private String deploy(String code) {
        final int length = code.length() / 2;
        final String constructor = String.format("60%02x80600b6000396000f3", length);
        final String transaction = node.call(
                        "eth_sendTransaction", Map.of("from", account.getAddress(), "data", "0x" + constructor + code))
                .asText();
        return node.call("eth_getTransactionReceipt", transaction)
                .get("contractAddress")
                .asText();
    }
}
