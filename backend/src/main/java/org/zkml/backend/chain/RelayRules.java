package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Which signed messages the server pays gas for. A contract's account is asked for its signature by code of its own, which may behave
 * well when it is tried out and use up all gas in a block: unless it is allowed to, the server sends nothing that runs such code.
 */
@ApplicationScoped
public class RelayRules {

    private final EthereumNode node;
    private final ChainConfig.Relayer config;

    RelayRules(EthereumNode node, ChainConfig config) {
        this.node = node;
        this.config = config.relayer();
    }

    /** @throws NotRelayedException if the account has code, and such are not relayed */
    void require(String account, boolean hasCode) {
        if (hasCode && !config.contractAccounts()) {
            throw new NotRelayedException("the account " + account
                    + " has code (a contract wallet, or a key with a delegation), and this server pays gas only for accounts without:"
                    + " send the message yourself (zkml: --direct), or sign with an account that is only a key");
        }
    }

    /** Why a message that was taken in must not be sent any more: accounts can get code at any time. */
    public Optional<RefusedByContractException> objection(String account) {
        return !config.contractAccounts() && node.hasCode(account)
                ? Optional.of(new RefusedByContractException("AccountHasCode", "AccountHasCode(" + account + ")"))
                : Optional.empty();
    }
}
