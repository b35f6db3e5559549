package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.EthereumNode;

/** The account that pays, for health. */
@ApplicationScoped
public class RelayerAccount {

    private final RelayerKey key;
    private final EthereumNode node;
    private final ChainConfig config;

    RelayerAccount(RelayerKey key, EthereumNode node, ChainConfig config) {
        this.key = key;
        this.node = node;
        this.config = config;
    }

    /**
     * @param balance wei
     * @param low whether it is below the configured mark
     */
    public record Funds(String account, BigInteger balance, boolean low) {}

    /** @throws org.zkml.backend.chain.ChainUnavailableException if there is no key or no node */
    public Funds funds() {
        final String account = key.address();
        final BigInteger balance = node.balance(account);
        return new Funds(account, balance, balance.compareTo(config.relayer().lowBalance()) < 0);
    }
}
