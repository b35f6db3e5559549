package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
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
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(2);

    private final ChainConfig config;
    private final EthereumNode node;
    private final MarketContracts contracts;
    private final Duration failureKept;
    private volatile Deployment deployment;
    private volatile Failure failure;

    /** @param at {@link System#nanoTime} */
    private record Failure(long at, ChainUnavailableException reason) {}

    @Inject
    Chain(ChainConfig config, EthereumNode node, MarketContracts contracts) {
        this(config, node, contracts, FAILURE_KEPT);
    }

    Chain(ChainConfig config, EthereumNode node, MarketContracts contracts, Duration failureKept) {
        this.failureKept = failureKept;
        this.config = config;
        this.node = node;
        this.contracts = contracts;
    }

    /**
     * The contracts, known to be there. After a failure, the same failure for some seconds: nobody waits for a node that is away.
     *
     * @throws ChainUnavailableException if the node does not answer, is on another chain, or has no such contracts
     */
    public Deployment deployment() {
        final Deployment known = deployment;
        if (known != null) {
            return known;
        }
        final Failure last = failure;
        if (last != null && System.nanoTime() - last.at() < failureKept.toNanos()) {
            throw new ChainUnavailableException(last.reason().getMessage(), last.reason());
        }
        try {
            final Deployment found = read(ConfiguredContracts.of(config));
            failure = null;
            deployment = found;
            LOG.infof(
                    "contracts found: chain=%s registry=%s campaigns=%s inference=%s metrics=%s setup=2^%d%s confirmations=%d",
                    found.chainId(),
                    found.registry(),
                    found.campaigns(),
                    found.inference(),
                    found.metrics(),
                    found.setupLog2(),
                    found.unsafeSetup() ? " (UNSAFE: made for development)" : "",
                    found.confirmations());
            return found;
        } catch (ChainUnavailableException e) {
            failure = new Failure(System.nanoTime(), e);
            throw e;
        }
    }

    /** Forgets what was checked, so that the next question checks again: another chain may have taken the node's place. */
    public void reconnect() {
        failure = null;
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
        if (configured.inference() != null) {
            requireCode(configured.inference(), "InferenceMarket");
            contracts.requireSaleOf(configured.inference(), configured.campaigns());
        }
        if (configured.metrics() != null) {
            requireCode(configured.metrics(), "ModelMetrics");
            contracts.requireMetricsOf(configured.metrics(), configured.campaigns());
        }
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
                configured.inference(),
                configured.metrics(),
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
