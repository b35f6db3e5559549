package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.zkml.prover.vault.Vault;

/** What an account has sent to a chain and does not know to be mined, in its open vault: whoever is interrupted goes on with it. In the order of nonces, one of each. */
final class OpenTransactions {

    private static final String ROOT = "transactions/";

    private final Vault vault;
    private final String prefix;
    private final List<SentTransaction> all = new ArrayList<>();

    OpenTransactions(Vault vault, BigInteger chainId) {
        this.vault = vault;
        this.prefix = ROOT + chainId + "/";
        for (String name : vault.names()) {
            if (name.startsWith(prefix)) {
                all.add(SentTransaction.decode(name, vault.get(name)));
            }
        }
        all.sort(Comparator.comparing(SentTransaction::nonce));
    }

    List<SentTransaction> all() {
        return List.copyOf(all);
    }

    /** Notes a version that is about to leave, on disk once this returns. */
    void note(SentTransaction sent) {
        all.removeIf(other -> other.nonce().equals(sent.nonce()));
        all.add(sent);
        vault.put(name(sent), sent.encode());
        vault.save();
    }

    void remove(SentTransaction sent) {
        if (all.remove(sent)) {
            vault.remove(name(sent));
            vault.save();
        }
    }

    private String name(SentTransaction sent) {
        return prefix + sent.nonce();
    }
}
