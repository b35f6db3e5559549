package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** Checks signatures as the contracts do: accounts with code are asked (ERC-1271), all others must have signed with their key. */
@ApplicationScoped
public class Signatures {

    private static final int SIGNATURE_BYTES = 65;
    /** The whole first word of the answer: a wallet that echoes its call is none. */
    private static final String MAGIC = "0x1626ba7e" + "0".repeat(56);
    /** What a wallet may use for its answer: many signers, or a passkey's curve in code, and no endless loop for everybody who asks. */
    private static final BigInteger WALLET_GAS = BigInteger.valueOf(1_000_000);
    /** Of the two signatures of a message only the one with the lower s counts. */
    private static final BigInteger HALF_ORDER = Sign.CURVE_PARAMS.getN().shiftRight(1);

    private final EthereumNode node;
    private final RelayRules rules;

    Signatures(EthereumNode node, RelayRules rules) {
        this.node = node;
        this.rules = rules;
    }

    /**
     * @throws SignatureRejectedException if {@code signer} has not signed {@code digest}
     * @throws NotRelayedException if the server does not pay for what it has signed
     */
    public void require(String signer, byte[] digest, Authorization authorization) {
        final boolean hasCode = node.hasCode(signer);
        rules.require(signer, hasCode, authorization.deadline());
        requireSigned(signer, hasCode, digest, authorization.signature());
    }

    /**
     * For what costs no gas.
     *
     * @throws SignatureRejectedException if {@code signer} has not signed {@code digest}
     */
    public void requireSigned(String signer, byte[] digest, byte[] signature) {
        requireSigned(signer, node.hasCode(signer), digest, signature);
    }

    private void requireSigned(String signer, boolean hasCode, byte[] digest, byte[] signature) {
        if (hasCode) {
            requireWallet(signer, digest, signature);
        } else {
            requireKey(signer, digest, signature);
        }
    }

    /**
     * For accounts whose own key has to have signed, whether they have code or not.
     *
     * @throws SignatureRejectedException if it has not
     */
    public static void requireKey(String signer, byte[] digest, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            throw new SignatureRejectedException(
                    signer, digest, "a signature has 65 bytes, this one " + signature.length);
        }
        if (signature[64] != 27 && signature[64] != 28) {
            throw new SignatureRejectedException(signer, digest, "its last byte v is neither 27 nor 28");
        }
        if (new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).compareTo(HALF_ORDER) > 0) {
            throw new SignatureRejectedException(signer, digest, "its s is not the lower one");
        }
        final String recovered = recover(digest, signature);
        if (!recovered.equalsIgnoreCase(signer)) {
            throw new SignatureRejectedException(signer, digest, "the signature is by " + recovered);
        }
    }

    private static String recover(byte[] digest, byte[] signature) {
        final var data = new Sign.SignatureData(
                signature[64], Arrays.copyOfRange(signature, 0, 32), Arrays.copyOfRange(signature, 32, 64));
        try {
            return "0x" + Keys.getAddress(Sign.signedMessageHashToKey(digest, data));
        } catch (SignatureException | RuntimeException e) {
            return "nobody (" + e.getMessage() + ")";
        }
    }

    private void requireWallet(String signer, byte[] digest, byte[] signature) {
        final String call = FunctionEncoder.encode(
                new Function("isValidSignature", List.of(new Bytes32(digest), new DynamicBytes(signature)), List.of()));
        final String answer;
        try {
            answer = node.callForeign(MarketContracts.NOBODY, signer, call, WALLET_GAS);
        } catch (RefusedByContractException e) {
            throw new SignatureRejectedException(signer, digest, "the wallet refuses: " + e.detail());
        }
        if (answer == null || !answer.startsWith(MAGIC)) {
            throw new SignatureRejectedException(signer, digest, "the wallet does not recognise the signature");
        }
    }
}
