package org.zkml.prover.cli;

import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.vault.Vault;

/**
 * What a buyer asks with.
 *
 * @param key that signs for the pass
 */
record AskSession(Console console, Chain chain, Deployment deployment, Pass pass, SessionKey key, SellerClient seller) {

    /** @param url where the seller answers */
    static AskSession open(
            Console console, Workspace workspace, Passphrase passphrase, Chain chain, Pass pass, String url) {
        final SessionKey key;
        try (Vault vault = workspace.unlock(passphrase, console)) {
            key = new Secrets(vault).sessionKey(pass.sessionKey());
        }
        if (key == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault has no key for pass " + pass.id() + ", whose session key is " + pass.sessionKey()
                            + "; use the workspace that bought it");
        }
        return new AskSession(console, chain, workspace.deployment(), pass, key, new SellerClient(url, key));
    }
}
