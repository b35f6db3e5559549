package org.zkml.backend.chain.relay;

import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;

/** The accounts that every Hardhat node funds: everybody knows their keys. */
final class DevelopmentKeys {

    private static final String MNEMONIC = "test test test test test test test test test test test junk";
    private static final int ACCOUNTS = 20;
    private static final int[] PATH = {
        44 | Bip32ECKeyPair.HARDENED_BIT, 60 | Bip32ECKeyPair.HARDENED_BIT, Bip32ECKeyPair.HARDENED_BIT, 0
    };

    private DevelopmentKeys() {}

    /** The last of them: tests and scripts use the first. */
    static Credentials relayer() {
        return account(ACCOUNTS - 1);
    }

    static boolean isKnown(Credentials credentials) {
        for (int i = 0; i < ACCOUNTS; i++) {
            if (account(i).getAddress().equalsIgnoreCase(credentials.getAddress())) {
                return true;
            }
        }
        return false;
    }

    private static Credentials account(int index) {
        final Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
        final Bip32ECKeyPair parent = Bip32ECKeyPair.deriveKeyPair(master, PATH);
        return Credentials.create(Bip32ECKeyPair.deriveKeyPair(parent, new int[] {index}));
    }
}
