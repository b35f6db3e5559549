package org.zkml.backend.chain;

import java.nio.ByteBuffer;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** A secret key of an account that signs messages. Nothing but signatures and the address leaves it. */
public final class AccountKey {

    private static final int SIGNATURE_BYTES = 65;

    private final ECKeyPair keys;
    private final String address;

    /** @param secret 32 bytes, below the order of secp256k1 */
    public AccountKey(byte[] secret) {
        keys = ECKeyPair.create(secret);
        address = Credentials.create(keys).getAddress();
    }

    /** In lower case. */
    public String address() {
        return address;
    }

    /** 65 bytes: r, s, v. */
    public byte[] sign(byte[] digest) {
        final Sign.SignatureData signature = Sign.signMessage(digest, keys, false);
        return ByteBuffer.allocate(SIGNATURE_BYTES)
                .put(signature.getR())
                .put(signature.getS())
                .put(signature.getV())
                .array();
    }

    @Override
    public String toString() {
        return "key of " + address;
    }
}
