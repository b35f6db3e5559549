package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import org.jboss.logging.Logger;
import org.zkml.prover.commitment.Setup.VerifierKey;

/**
 * The chain and the contracts on it, checked once: whoever needs them asks {@link #deployment()}, so that the server starts, and
 * answers what its database knows, also while the node is away.
 */
@ApplicationScoped
public class Chain {

    private static final Logger LOG = Logger.getLogger(Chain.class);
    private static final int DEFAULT_CONFIRMATIONS = 12;

    private final ChainConfig config;
    private final EthereumNode node;
    private final MarketContracts contracts;
    private volatile Deployment deployment;

    Chain(ChainConfig config, EthereumNode node, MarketContracts contracts) {
        this.config = config;
        this.node = node;
        this.contracts = contracts;
    }

    /**
     * The contracts, known to be there.
     *
     * @throws ChainUnavailableException if the node does not answer, is on another chain, or has no such contracts
     */
    public Deployment deployment() {
        Deployment known = deployment;
        if (known == null) {
            synchronized (this) {
                known = deployment;
                if (known == null) {
                    known = read(ConfiguredContracts.of(config));
                    deployment = known;
                    LOG.infof(
                            "contracts found: chain=%s registry=%s campaigns=%s setup=2^%d%s confirmations=%d",
                            known.chainId(),
                            known.registry(),
                            known.campaigns(),
                            known.setupLog2(),
                            known.unsafeSetup() ? " (UNSAFE: made for development)" : "",
                            known.confirmations());
                }
            }
        }
        return known;
    }

    /** Forgets what was checked, so that the next question checks again: another chain may have taken the node's place. */
    public void reconnect() {
        deployment = null;
    }

    /** Blocks on top of another of this chain after which it counts as final. */
    public int confirmations(BigInteger chainId) {
        return config.confirmations().orElse(chainId.equals(Deployment.DEVELOPMENT_CHAIN) ? 0 : DEFAULT_CONFIRMATIONS);
    }

    private Deployment read(ConfiguredContracts configured) {
        final BigInteger chainId = node.chainId();
        if (!chainId.equals(configured.chainId())) {
            throw new ChainUnavailableException("the node at " + node.address() + " is on chain " + chainId
                    + ", the contracts are configured for chain " + configured.chainId());
        }
        requireCode(configured.registry(), "DatasetRegistry");
        requireCode(configured.campaigns(), "TrainingCampaigns");
        final MarketContracts.Fixed fixed = contracts.readFixed(configured.registry(), configured.campaigns());
        if (fixed.unsafeSetup() && !chainId.equals(Deployment.DEVELOPMENT_CHAIN)) {
            throw new ChainUnavailableException("the contracts on chain " + chainId
                    + " use a setup made for development: whoever made it can prove anything");
        }
        final VerifierKey key = fixed.verifierKey();
        return new Deployment(
                chainId,
                node.header(0)
                        .orElseThrow(() -> new ChainUnavailableException("the node has no block 0"))
                        .hash(),
                configured.registry(),
                configured.campaigns(),
                fixed.token(),
                fixed.parameters(),
                configured.startBlock(),
                key,
                fixed.setupLog2(),
                fixed.unsafeSetup(),
                confirmations(chainId));
    }

    private void requireCode(String address, String contract) {
        if (!node.hasCode(address)) {
            throw new ChainUnavailableException(
                    "there is no contract at " + address + ", the configured address of " + contract);
        }
    }
}
