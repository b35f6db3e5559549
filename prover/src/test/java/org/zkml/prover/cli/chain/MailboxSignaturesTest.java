package org.zkml.prover.cli.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.HardhatNode;
import org.zkml.prover.cli.Identity;
import org.zkml.prover.cli.chain.LyingNode.Answer;
import org.zkml.prover.hash.Keccak256;

/** Signatures of contract wallets, by wallets that do everything but what they should. */
class MailboxSignaturesTest {

    private static final Address WALLET = Address.of(BigInteger.valueOf(0xc0ffee));
    private static final byte[] DIGEST = Keccak256.hash(new byte[] {1});
    private static final Identity IDENTITY = new Identity(key(), key(), new byte[64]);
    private static final Address ACCOUNT =
            Address.parse(Credentials.create(ECKeyPair.create(key())).getAddress());
    private static final String MAGIC = "7f1626ba7e" + "00".repeat(28);

    /** EVM code of wallets that have signed nothing. */
    private static final Map<String, String> NONE = Map.ofEntries(
            Map.entry("answers nothing", "0x00"),
            Map.entry("answers zero", "0x60206000f3"),
            Map.entry("reverts", "0x60006000fd"),
            Map.entry("reverts with the word", "0x" + MAGIC + "60005260206000fd"),
            Map.entry("stops at an invalid instruction", "0xfe"),
            Map.entry("runs for ever", "0x5b600056"),
            Map.entry("asks for all memory", "0x62ffffff51"),
            Map.entry("answers four bytes of the word", "0x" + MAGIC + "60005260046000f3"),
            Map.entry("answers 31 bytes of the word", "0x" + MAGIC + "600052601f6000f3"),
            Map.entry("echoes its call", "0x366000600037366000f3"),
            Map.entry("answers what no contract may begin with", "0x60ef60f81b60005260206000f3"),
            Map.entry("answers more behind another word", "0x" + MAGIC + "60205260406000f3"));

    @TempDir
    private Path folder;

    private static byte[] key() {
        final byte[] key = new byte[32];
        key[31] = 1;
        return key;
    }

    @Test
    void aWalletSaysYesOrAnythingElse() throws IOException, InterruptedException {
        try (HardhatNode node = HardhatNode.start(folder.resolve("node.log"));
                Chain chain = Chain.at(node.url())) {
            final MailboxSignatures signatures = new MailboxSignatures(chain, IDENTITY);
            for (int bytes : new int[] {0, 65, 4096}) {
                node.call("hardhat_setCode", WALLET.toString(), "0x" + MAGIC + "60005260206000f3");
                assertTrue(signatures.isBy(WALLET, DIGEST, new byte[bytes]));
                NONE.forEach((does, code) -> {
                    node.call("hardhat_setCode", WALLET.toString(), code);
                    assertFalse(signatures.isBy(WALLET, DIGEST, new byte[bytes]), "a wallet that " + does);
                });
            }
        }
    }

    @Test
    void aWalletGetsDigestAndSignature() throws IOException, InterruptedException {
        try (HardhatNode node = HardhatNode.start(folder.resolve("node.log"));
                Chain chain = Chain.at(node.url())) {
            // the magic value if the signature's first word, behind selector, digest, offset and length, is the digest
            node.call("hardhat_setCode", WALLET.toString(), "0x6064356004351460e01b631626ba7e0260005260206000f3");
            final MailboxSignatures signatures = new MailboxSignatures(chain, IDENTITY);
            final byte[] digest = key();
            assertTrue(signatures.isBy(WALLET, digest, digest));
            assertFalse(signatures.isBy(WALLET, digest, new byte[32]));
        }
    }

    /** What a node cannot tell now must not look like a letter that nobody signed. */
    @Test
    void aNodeThatRefusesSaysNothingOfTheWallet() throws IOException {
        for (Answer refusal : new Answer[] {
            Answer.error(-32005, "limit exceeded", "null"),
            Answer.error(3, "execution reverted", "\"0x08c379a0\""),
            Answer.result("\"0x\""),
            Answer.result("\"0x" + "1626ba7e" + "0".repeat(56) + "\""),
            new Answer(429, "\"result\": \"0x\"")
        }) {
            try (LyingNode node = LyingNode.start(
                            1, request -> request.contains("eth_getCode") ? Answer.result("\"0x60\"") : refusal);
                    Chain chain = node.chain()) {
                final MailboxSignatures signatures = new MailboxSignatures(chain, IDENTITY);
                assertThrows(CommandException.class, () -> signatures.isBy(WALLET, DIGEST, new byte[65]));
            }
        }
    }

    @Test
    void aKeySignsForItsAccountOnly() throws IOException {
        try (LyingNode node = LyingNode.start(1, request -> Answer.result("\"0x\""));
                Chain chain = node.chain()) {
            final MailboxSignatures signatures = new MailboxSignatures(chain, IDENTITY);
            final byte[] signature = signatures.sign(DIGEST);
            assertEquals(65, signature.length);
            assertTrue(signatures.isBy(ACCOUNT, DIGEST, signature));
            assertFalse(signatures.isBy(WALLET, DIGEST, signature));
            assertFalse(signatures.isBy(ACCOUNT, key(), signature));
        }
    }
}
