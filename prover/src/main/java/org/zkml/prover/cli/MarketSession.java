package org.zkml.prover.cli;

import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.vault.Vault;

/**
 * What an account needs to trade: its vault stays open meanwhile.
 *
 * @param sender of transactions of the account's own
 */
record MarketSession(
        Console console,
        Workspace workspace,
        Chain chain,
        InferenceContract market,
        Vault vault,
        TransactionSender sender)
        implements AutoCloseable {

    static MarketSession open(Console console, Workspace workspace, Passphrase passphrase, FeeOption fee) {
        final Chain chain = ChainAccess.open(workspace);
        try {
            final Vault vault = workspace.unlock(passphrase, console);
            return new MarketSession(
                    console, workspace, chain, market(workspace, chain), vault, fee.sender(chain, vault, console));
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** The market of the workspace's deployment. */
    static InferenceContract market(Workspace workspace, Chain chain) {
        return new InferenceContract(chain, workspace.deployment().inferenceMarket());
    }

    Secrets secrets() {
        return new Secrets(vault);
    }

    Address account() {
        return workspace.settings().account();
    }

    @Override
    public void close() {
        vault.close();
        chain.close();
    }
}
