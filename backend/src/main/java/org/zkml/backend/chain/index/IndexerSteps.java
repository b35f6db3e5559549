package org.zkml.backend.chain.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.web3j.protocol.core.methods.response.Log;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.EthereumNode;
import org.zkml.backend.chain.EthereumNode.Header;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.RewardToken;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;

/** One step of reading the chain: a range of blocks forward, or back to where a reorganisation began. Each is one transaction. */
@ApplicationScoped
class IndexerSteps {

    private static final Logger LOG = Logger.getLogger(IndexerSteps.class);

    private final EntityManager entities;
    private final ChainConfig.Indexer config;
    private final Chain chain;
    private final EthereumNode node;
    private final EventDecoder decoder;
    private final Instance<Projection> projections;
    private final Clock clock = Clock.systemUTC();

    IndexerSteps(
            EntityManager entities,
            ChainConfig config,
            Chain chain,
            EthereumNode node,
            EventDecoder decoder,
            Instance<Projection> projections) {
        this.entities = entities;
        this.config = config.indexer();
        this.chain = chain;
        this.node = node;
        this.decoder = decoder;
        this.projections = projections;
    }

    /**
     * Reads the next range of blocks.
     *
     * @return whether there is more to read; false too while another instance reads
     */
    @Transactional(TxType.REQUIRES_NEW)
    boolean advance() {
        final Deployment deployment = chain.deployment();
        final Optional<IndexerCursor> locked = lock(deployment);
        if (locked.isEmpty()) {
            return false;
        }
        final IndexerCursor cursor = locked.get();
        requireSameChain(cursor, deployment);
        final Header head = node.latest();
        cursor.headNumber = head.number();
        cursor.chainTime = Math.max(head.timestamp(), node.pendingTimestamp());
        cursor.updatedAt = clock.instant();
        if (isReorganised(cursor)) {
            requireSameGenesis(deployment);
            rollBack(cursor, deployment);
            return true;
        }
        final long to = Math.min(head.number(), cursor.blockNumber + config.batchBlocks());
        if (to > cursor.blockNumber) {
            read(cursor, to, deployment);
        }
        return to < head.number();
    }

    /** Forgets everything that was read. */
    @Transactional(TxType.REQUIRES_NEW)
    void rebuild() {
        final Deployment deployment = chain.deployment();
        entities.createNativeQuery("select id from indexer_cursor for update").getResultList();
        ChainEvent.deleteAll();
        IndexedBlock.deleteAll();
        projections.forEach(Projection::forgetAll);
        IndexerCursor.deleteAll();
        LOG.infof("projections dropped, reading again from block %d", deployment.startBlock());
    }

    private Optional<IndexerCursor> lock(Deployment deployment) {
        entities.createNativeQuery(
                        "insert into indexer_cursor (id, chain_id, genesis_hash, registry, campaigns, block_number,"
                                + " head_number, chain_time, reorganisations, updated_at) values (1, :chain, :genesis, :registry,"
                                + " :campaigns, :block, 0, 0, 0, :now) on conflict do nothing")
                .setParameter("chain", deployment.chainId())
                .setParameter("genesis", deployment.genesisHash())
                .setParameter("registry", deployment.registry())
                .setParameter("campaigns", deployment.campaigns())
                .setParameter("block", deployment.startBlock() - 1)
                .setParameter("now", clock.instant())
                .executeUpdate();
        final List<?> rows = entities.createNativeQuery(
                        "select * from indexer_cursor where id = 1 for update skip locked", IndexerCursor.class)
                .getResultList();
        return rows.stream().map(IndexerCursor.class::cast).findFirst();
    }

    private static void requireSameChain(IndexerCursor cursor, Deployment deployment) {
        if (!cursor.isOf(deployment)) {
            throw new ChainUnavailableException(
                    "the database holds the history of chain " + cursor.chainId + " with genesis "
                            + cursor.genesisHash + " and campaigns " + cursor.campaigns + "; the node has chain "
                            + deployment.chainId()
                            + " with genesis " + deployment.genesisHash() + " and campaigns " + deployment.campaigns()
                            + ": use a database of its own for each, or connect to the old chain");
        }
    }

    /** A development chain may have been started anew in the old one's place. */
    private void requireSameGenesis(Deployment deployment) {
        if (!node.header(0).map(Header::hash).equals(Optional.of(deployment.genesisHash()))) {
            chain.reconnect();
            throw new ChainUnavailableException("the node has another chain than before: its block 0 has changed");
        }
    }

    private boolean isReorganised(IndexerCursor cursor) {
        return cursor.blockHash != null
                && !node.header(cursor.blockNumber).map(Header::hash).equals(Optional.of(cursor.blockHash));
    }

    private void rollBack(IndexerCursor cursor, Deployment deployment) {
        final List<IndexedBlock> known = IndexedBlock.list("order by number desc");
        long fork = deployment.startBlock() - 1;
        String hash = null;
        for (IndexedBlock block : known) {
            if (node.header(block.number).map(Header::hash).equals(Optional.of(block.hash))) {
                fork = block.number;
                hash = block.hash;
                break;
            }
        }
        final List<String> touched = entities.createQuery(
                        "select distinct e.scope from ChainEvent e where e.blockNumber > :fork", String.class)
                .setParameter("fork", fork)
                .getResultList();
        final long removed = ChainEvent.delete("blockNumber > ?1", fork);
        IndexedBlock.delete("number > ?1", fork);
        LOG.warnf(
                "reorganisation: block %d was lost, back to block %d, %d events removed, %d scopes made again",
                cursor.blockNumber, fork, removed, touched.size());
        replay(touched);
        cursor.blockNumber = fork;
        cursor.blockHash = hash;
        cursor.reorganisations++;
    }

    /** The clock first: campaigns' times depend on it. A pause that is lost moves the times of all campaigns. */
    private void replay(List<String> touched) {
        final List<String> scopes = new ArrayList<>(touched);
        if (scopes.contains(EventScope.CLOCK)) {
            scopes.clear();
            scopes.addAll(entities.createQuery("select distinct e.scope from ChainEvent e", String.class)
                    .getResultList());
            scopes.addAll(touched);
        }
        scopes.stream()
                .distinct()
                .sorted((a, b) -> Boolean.compare(b.equals(EventScope.CLOCK), a.equals(EventScope.CLOCK)))
                .forEach(scope -> {
                    projections.forEach(projection -> projection.forget(scope));
                    final List<ChainEvent> left = ChainEvent.list("scope = ?1 order by blockNumber, logIndex", scope);
                    left.forEach(this::project);
                });
    }

    private void read(IndexerCursor cursor, long to, Deployment deployment) {
        final Header last = requireHeader(to);
        final Map<String, Class<?>> contracts = Map.of(
                deployment.registry(), DatasetRegistry.class,
                deployment.campaigns(), TrainingCampaigns.class,
                deployment.token(), RewardToken.class);
        final List<Log> logs = node.logs(cursor.blockNumber + 1, to, List.copyOf(contracts.keySet()));
        final Map<Long, Header> headers = new HashMap<>(Map.of(to, last));
        final Map<String, Long> gasUsed = new HashMap<>();
        for (Log log : logs) {
            final long number = log.getBlockNumber().longValueExact();
            final Header header = headers.computeIfAbsent(number, this::requireHeader);
            requireHash(header, log.getBlockHash());
            final long gas = gasUsed.computeIfAbsent(log.getTransactionHash(), this::requireGasUsed);
            store(log, header, gas, contracts.get(log.getAddress().toLowerCase(Locale.ROOT)));
        }
        // The logs are of the chain that ends in this block only if it still does.
        requireHash(requireHeader(to), last.hash());
        headers.values().forEach(IndexerSteps::keep);
        IndexedBlock.delete("number < ?1", to - config.keptBlocks());
        cursor.blockNumber = to;
        cursor.blockHash = last.hash();
    }

    private Header requireHeader(long number) {
        return node.header(number)
                .orElseThrow(() ->
                        new ChainUnavailableException("the node has lost block " + number + " while it was read"));
    }

    private long requireGasUsed(String transactionHash) {
        return node.receipt(transactionHash)
                .orElseThrow(() -> new ChainUnavailableException(
                        "the node has lost transaction " + transactionHash + " while it was read"))
                .getGasUsed()
                .longValueExact();
    }

    private static void requireHash(Header header, String hash) {
        if (!header.hash().equals(hash)) {
            throw new ChainUnavailableException("block " + header.number() + " was replaced while it was read");
        }
    }

    private static void keep(Header header) {
        final IndexedBlock block = new IndexedBlock();
        block.number = header.number();
        block.hash = header.hash();
        block.persist();
    }

    private void store(Log log, Header header, long gasUsed, Class<?> wrapper) {
        final EventDecoder.Decoded decoded = decoder.decode(wrapper, log);
        final ChainEvent event = new ChainEvent();
        event.blockNumber = header.number();
        event.logIndex = log.getLogIndex().intValueExact();
        event.blockHash = header.hash();
        event.blockTime = header.timestamp();
        event.transactionHash = log.getTransactionHash();
        event.gasUsed = gasUsed;
        event.address = log.getAddress().toLowerCase(Locale.ROOT);
        event.contract = decoded.contract();
        event.name = decoded.name();
        event.scope = EventScope.of(decoded);
        event.campaignId = Optional.ofNullable(EventScope.campaign(event.scope))
                .map(BigInteger::new)
                .orElse(null);
        event.arguments = decoded.arguments().toString();
        event.persist();
        project(event);
    }

    private void project(ChainEvent event) {
        projections.forEach(projection -> projection.apply(event));
    }
}
