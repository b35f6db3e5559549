package org.zkml.backend.chain.index;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.ChainConfig;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.EthereumNode.Header;

/** The part of the chain that has been read, in the database. Each change is one transaction, made only if no other instance was faster. */
@ApplicationScoped
class IndexedChain {

    private static final Logger LOG = Logger.getLogger(IndexedChain.class);
    /** Longest that one change may take; a reorganisation makes many campaigns again. */
    private static final Duration WRITE_LIMIT = Duration.ofMinutes(10);

    private final EntityManager entities;
    private final Instance<Projection> projections;
    private final int keptBlocks;
    private final Clock clock = Clock.systemUTC();

    IndexedChain(EntityManager entities, ChainConfig config, Instance<Projection> projections) {
        this.entities = entities;
        this.projections = projections;
        this.keptBlocks = config.indexer().keptBlocks();
    }

    /** How far the chain was read; the first time, not at all. */
    IndexerCursor cursor(Deployment deployment) {
        return QuarkusTransaction.requiringNew()
                .call(() -> IndexerCursor.current().orElseGet(() -> begin(deployment)));
    }

    /** Hashes that are kept, of the highest block first. */
    List<IndexedBlock> blocks() {
        return QuarkusTransaction.requiringNew().call(() -> IndexedBlock.list("order by number desc"));
    }

    /**
     * Notes how long the chain is, before anything of it is read: if reading then fails, it shows how much is missing. Unless another
     * instance writes, or has written since: then that one does.
     */
    void noteHead(IndexerCursor known, Header head) {
        write(known, cursor -> cursor.headNumber = Math.max(head.number(), known.blockNumber));
    }

    /**
     * Adds blocks to what is known.
     *
     * @param time the time that the next block would have, Unix seconds
     * @param range none if there are no blocks after what is known
     * @return false if another instance writes, or has written since
     */
    boolean append(IndexerCursor known, Header head, long time, Optional<BlockReader.Range> range) {
        return write(known, cursor -> {
            cursor.headNumber = Math.max(head.number(), known.blockNumber);
            cursor.chainTime = time;
            cursor.updatedAt = clock.instant();
            range.ifPresent(blocks -> store(cursor, blocks));
        });
    }

    /**
     * Undoes the blocks after the fork.
     *
     * @return false if another instance writes, or has written since
     */
    boolean rollBack(IndexerCursor known, BlockReader.Fork fork) {
        return write(known, cursor -> rollBackLocked(cursor, fork));
    }

    /** Removes everything. */
    void forget() {
        QuarkusTransaction.requiringNew().timeout((int) WRITE_LIMIT.toSeconds()).run(() -> {
            entities.createNativeQuery("select id from indexer_cursor for update")
                    .getResultList();
            ChainEvent.deleteAll();
            IndexedBlock.deleteAll();
            projections.forEach(Projection::forgetAll);
            IndexerCursor.deleteAll();
        });
    }

    private IndexerCursor begin(Deployment deployment) {
        entities.createNativeQuery(
                        "insert into indexer_cursor (id, chain_id, genesis_hash, registry, campaigns, inference, metrics,"
                                + " block_number, head_number, chain_time, reorganisations, updated_at) values (1, :chain,"
                                + " :genesis, :registry, :campaigns, :inference, :metrics, :block, 0, 0, 0, :now)"
                                + " on conflict do nothing")
                .setParameter("chain", deployment.chainId())
                .setParameter("genesis", deployment.genesisHash())
                .setParameter("registry", deployment.registry())
                .setParameter("campaigns", deployment.campaigns())
                .setParameter("inference", deployment.inference())
                .setParameter("metrics", deployment.metrics())
                .setParameter("block", deployment.startBlock() - 1)
                .setParameter("now", clock.instant())
                .executeUpdate();
        return IndexerCursor.current().orElseThrow();
    }

    private boolean write(IndexerCursor known, Consumer<IndexerCursor> step) {
        return QuarkusTransaction.requiringNew()
                .timeout((int) WRITE_LIMIT.toSeconds())
                .call(() -> {
                    final List<?> rows = entities.createNativeQuery(
                                    "select * from indexer_cursor where id = 1 for update skip locked",
                                    IndexerCursor.class)
                            .getResultList();
                    final Optional<IndexerCursor> cursor = rows.stream()
                            .map(IndexerCursor.class::cast)
                            .filter(found -> found.isAt(known))
                            .findFirst();
                    cursor.ifPresent(step);
                    return cursor.isPresent();
                });
    }

    private void rollBackLocked(IndexerCursor cursor, BlockReader.Fork fork) {
        final List<String> touched = entities.createQuery(
                        "select distinct e.scope from ChainEvent e where e.blockNumber > :fork", String.class)
                .setParameter("fork", fork.number())
                .getResultList();
        final long removed = ChainEvent.delete("blockNumber > ?1", fork.number());
        IndexedBlock.delete("number > ?1", fork.number());
        LOG.warnf(
                "reorganisation: block %d was lost, back to block %d, %d events removed, %d scopes made again",
                cursor.blockNumber, fork.number(), removed, touched.size());
        replay(touched);
        cursor.blockNumber = fork.number();
        cursor.blockHash = fork.hash();
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

    private void store(IndexerCursor cursor, BlockReader.Range range) {
        range.events().forEach(this::store);
        range.headers().forEach(IndexedChain::keep);
        // The one that was last until now stays in any case: ranges may be longer than what is kept.
        IndexedBlock.delete(
                "number < ?1", Math.min(cursor.blockNumber, range.last().number() - keptBlocks));
        cursor.blockNumber = range.last().number();
        cursor.blockHash = range.last().hash();
    }

    private static void keep(Header header) {
        final IndexedBlock block = new IndexedBlock();
        block.number = header.number();
        block.hash = header.hash();
        block.persist();
    }

    private void store(BlockReader.Event found) {
        final ChainEvent event = new ChainEvent();
        event.blockNumber = found.header().number();
        event.logIndex = found.log().getLogIndex().intValueExact();
        event.blockHash = found.header().hash();
        event.blockTime = found.header().timestamp();
        event.transactionHash = found.log().getTransactionHash();
        event.gasUsed = found.gasUsed();
        event.address = found.log().getAddress().toLowerCase(Locale.ROOT);
        event.contract = found.decoded().contract();
        event.name = found.decoded().name();
        event.scope = EventScope.of(found.decoded());
        event.campaignId = EventScope.number(event.scope);
        event.arguments = found.decoded().arguments().toString();
        event.persist();
        project(event);
    }

    private void project(ChainEvent event) {
        projections.forEach(projection -> projection.apply(event));
    }
}
