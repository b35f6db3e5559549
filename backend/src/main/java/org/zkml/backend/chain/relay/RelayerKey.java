package org.zkml.backend.chain.relay;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Deployment;

/**
 * The key that signs and pays the relayed transactions: from a file or a property, on the development chain by default one that Hardhat
 * funds. It is never logged, and nothing but signatures and the address leaves this class.
 */
@ApplicationScoped
public class RelayerKey {

    private static final Logger LOG = Logger.getLogger(RelayerKey.class);

    private final ChainConfig.Relayer config;
    private final Chain chain;
    private volatile Credentials credentials;

    RelayerKey(ChainConfig config, Chain chain) {
        this.config = config.relayer();
        this.chain = chain;
    }

    /**
     * The account that pays, in lower case.
     *
     * @throws ChainUnavailableException if there is no key, or one that this chain must not see
     */
    public String address() {
        return credentials().getAddress();
    }

    /** The transaction with its signature, as bytes to send. */
    byte[] sign(RawTransaction transaction) {
        return TransactionEncoder.signMessage(transaction, credentials());
    }

    private Credentials credentials() {
        final Credentials known = credentials;
        return known != null ? known : load();
    }

    private synchronized Credentials load() {
        if (credentials != null) {
            return credentials;
        }
        final Optional<String> configured = configured();
        final Credentials chosen = choose(chain.deployment().chainId(), configured);
        LOG.infof("relayer: account=%s%s", chosen.getAddress(), configured.isEmpty() ? " (Hardhat's test key)" : "");
        credentials = chosen;
        return chosen;
    }

    /** @throws ChainUnavailableException if there is no key for this chain, or one that must not be used on it */
    static Credentials choose(BigInteger chainId, Optional<String> configured) {
        final boolean development = chainId.equals(Deployment.DEVELOPMENT_CHAIN);
        if (configured.isEmpty() && !development) {
            throw new ChainUnavailableException("no key for relaying on chain " + chainId
                    + ": set zkml.chain.relayer.key-file to a file with the private key of a funded account");
        }
        final Credentials chosen = configured.map(RelayerKey::parse).orElseGet(DevelopmentKeys::relayer);
        if (!development && DevelopmentKeys.isKnown(chosen)) {
            throw new ChainUnavailableException("the relayer's key is one of Hardhat's published test keys, and chain "
                    + chainId + " is no development chain: whoever wants can take what the account has");
        }
        return chosen;
    }

    private Optional<String> configured() {
        if (config.keyFile().isEmpty()) {
            return config.key().map(String::strip);
        }
        final Path file = config.keyFile().get();
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new ChainUnavailableException("the relayer's key file " + file + " cannot be read", e);
        }
    }

    /** Says nothing about the text: it may be a key with a typing mistake. */
    private static Credentials parse(String key) {
        if (!key.matches("(0x)?[0-9a-fA-F]{64}")) {
            throw new ChainUnavailableException("the relayer's private key is not 64 hexadecimal digits");
        }
        return Credentials.create(key);
    }
}
