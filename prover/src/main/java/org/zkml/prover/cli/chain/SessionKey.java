package org.zkml.prover.cli.chain;

import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Identity;

/** A secret key on secp256k1 that signs the queries of a pass, or a seller's receipts. */
public final class SessionKey {

    private final ECKeyPair keys;

    private SessionKey(ECKeyPair keys) {
        this.keys = keys;
    }

    /** @param secret 32 bytes, between 1 and the group order */
    public static SessionKey of(byte[] secret) {
        return new SessionKey(ECKeyPair.create(secret));
    }

    /** A fresh key's secret, 32 bytes, to be kept and wiped by the caller. */
    public static byte[] drawSecret() {
        return Identity.drawEthereumKey();
    }

    public Address address() {
        return Address.parse("0x" + Keys.getAddress(keys));
    }

    /** 65 bytes. */
    public byte[] sign(byte[] digest) {
        return MessageSigner.sign(digest, keys);
    }

    /** Whether an account's own key has signed a digest. */
    public static boolean isBy(Address signer, byte[] digest, byte[] signature) {
        return MailboxSignatures.isByKey(signer, digest, signature);
    }
}
