package org.zkml.backend.chain.index;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.EthereumNode.Header;

/**
 * One step of reading the chain: a range of blocks forward, or back to where a reorganisation began. What the node says is fetched first;
 * then one transaction writes all of it.
 */
@ApplicationScoped
class IndexerSteps {

    private static final Logger LOG = Logger.getLogger(IndexerSteps.class);

    private final ChainConfig.Indexer config;
    private final Chain chain;
    private final BlockReader reader;
    private final IndexedChain indexed;
    private final BatchSize batch;
    /** {@link System#nanoTime} since which the node has fewer blocks than are known; null while it has all. */
    private volatile Long shorterSince;

    IndexerSteps(ChainConfig config, Chain chain, BlockReader reader, IndexedChain indexed) {
        this.config = config.indexer();
        this.chain = chain;
        this.reader = reader;
        this.indexed = indexed;
        this.batch = new BatchSize(config.indexer().batchBlocks());
    }

    /**
     * Reads the next range of blocks; fewer the next time if that fails.
     *
     * @return whether there is more to read; false too while another instance writes, or the node has less than is known
     */
    boolean advance() {
        final Deployment deployment = chain.deployment();
        final IndexerCursor known = indexed.cursor(deployment);
        requireSameChain(known, deployment);
        if (known.lacksContractsOf(deployment)) {
            rebuild();
            return true;
        }
        final Header head = reader.head();
        if (known.blockHash != null && !reader.has(known.blockNumber, known.blockHash)) {
            return stepBack(known, head, deployment);
        }
        shorterSince = null;
        if (head.number() > known.headNumber) {
            indexed.noteHead(known, head);
        }
        final long to = Math.min(head.number(), known.blockNumber + batch.blocks());
        try {
            return stepForward(known, head, to, deployment);
        } catch (RuntimeException e) {
            final long blocks = to - known.blockNumber;
            if (blocks <= 1) {
                throw e;
            }
            batch.shrinkBelow(blocks);
            LOG.warnf(
                    "blocks %d to %d were not read, now %d at once: %s",
                    known.blockNumber + 1, to, batch.blocks(), e.getMessage());
            return true;
        }
    }

    private boolean stepForward(IndexerCursor known, Header head, long to, Deployment deployment) {
        final long time = reader.time(head);
        final Optional<BlockReader.Range> range =
                to > known.blockNumber ? Optional.of(reader.read(known, head, to, deployment)) : Optional.empty();
        final boolean written = indexed.append(known, head, time, range);
        if (range.isPresent()) {
            batch.succeeded();
        }
        return written && to < head.number();
    }

    private boolean stepBack(IndexerCursor known, Header head, Deployment deployment) {
        requireSameGenesis(deployment);
        final BlockReader.Fork fork = reader.fork(head, indexed.blocks(), deployment);
        if (fork.shorter() && mayOnlyLag()) {
            LOG.debugf("the node has lost block %d and has no other: waiting", known.blockNumber);
            return false;
        }
        shorterSince = null;
        return indexed.rollBack(known, fork);
    }

    /** Behind one address there may be many nodes, some of which know the latest blocks later than others. */
    private boolean mayOnlyLag() {
        final long now = System.nanoTime();
        final Long begun = shorterSince;
        if (begun == null) {
            shorterSince = now;
        }
        return begun == null || now - begun < config.lagPatience().toNanos();
    }

    /** Forgets everything that was read. */
    void rebuild() {
        final Deployment deployment = chain.deployment();
        indexed.forget();
        LOG.infof("projections dropped, reading again from block %d", deployment.startBlock());
    }

    private static void requireSameChain(IndexerCursor cursor, Deployment deployment) {
        if (!cursor.isOf(deployment)) {
            throw new ChainUnavailableException(
                    "the database holds the history of chain " + cursor.chainId + " with genesis "
                            + cursor.genesisHash
                            + contracts(cursor.campaigns, cursor.inference, cursor.metrics)
                            + "; the node has chain " + deployment.chainId() + " with genesis "
                            + deployment.genesisHash()
                            + contracts(deployment.campaigns(), deployment.inference(), deployment.metrics())
                            + ": use a database of its own for each, or connect to the old chain");
        }
    }

    private static String contracts(String campaigns, String inference, String metrics) {
        return ", campaigns " + campaigns + ", inference " + inference + " and metrics " + metrics;
    }

    /** A development chain may have been started anew in the old one's place. */
    private void requireSameGenesis(Deployment deployment) {
        if (!reader.has(0, deployment.genesisHash())) {
            chain.reconnect();
            throw new ChainUnavailableException("the node has another chain than before: its block 0 has changed");
        }
    }
}
