package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Identity;

/** Signs an account's messages for the mailbox, and checks those of others: keys by recovery, contract wallets by ERC-1271. */
public final class MailboxSignatures {

    /** The whole first word of the answer: a wallet that echoes its call is none. */
    private static final String MAGIC = "0x1626ba7e" + "0".repeat(56);

    private static final int BYTES = 65;
    /** Of the two signatures of a message only the one with the lower s counts. */
    private static final BigInteger HALF_ORDER = Sign.CURVE_PARAMS.getN().shiftRight(1);

    private final Chain chain;
    private final ECKeyPair keys;

    public MailboxSignatures(Chain chain, Identity identity) {
        this.chain = chain;
        this.keys = ECKeyPair.create(identity.ethereumKey());
    }

    /** The account's, 65 bytes. */
    public byte[] sign(byte[] digest) {
        return MessageSigner.sign(digest, keys);
    }

    /** Whether an account has signed a digest. */
    public boolean isBy(Address signer, byte[] digest, byte[] signature) {
        return chain.hasCode(signer) ? isByWallet(signer, digest, signature) : isByKey(signer, digest, signature);
    }

    private boolean isByWallet(Address wallet, byte[] digest, byte[] signature) {
        final String call = FunctionEncoder.encode(
                new Function("isValidSignature", List.of(new Bytes32(digest), new DynamicBytes(signature)), List.of()));
        return chain.answers(wallet, call, MAGIC);
    }

    static boolean isByKey(Address signer, byte[] digest, byte[] signature) {
        if (signature.length != BYTES || signature[BYTES - 1] != 27 && signature[BYTES - 1] != 28) {
            return false;
        }
        final byte[] r = Arrays.copyOf(signature, 32);
        final byte[] s = Arrays.copyOfRange(signature, 32, 64);
        if (new BigInteger(1, s).compareTo(HALF_ORDER) > 0) {
            return false;
        }
        try {
            final BigInteger key =
                    Sign.signedMessageHashToKey(digest, new Sign.SignatureData(signature[BYTES - 1], r, s));
            return Address.parse("0x" + Keys.getAddress(key)).equals(signer);
        } catch (SignatureException | RuntimeException e) {
            return false; // no point of the curve has this r
        }
    }
}
