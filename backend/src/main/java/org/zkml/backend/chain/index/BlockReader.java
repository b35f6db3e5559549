package org.zkml.backend.chain.index;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.Log;
import org.zkml.backend.chain.ChainUnavailableException;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.EthereumNode;
import org.zkml.backend.chain.EthereumNode.Header;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;

/** Asks the node for what follows after a block that is known. Writes nothing, so that no transaction waits for the node. */
@ApplicationScoped
class BlockReader {

    private final EthereumNode node;
    private final EventDecoder decoder;

    BlockReader(EthereumNode node, EventDecoder decoder) {
        this.node = node;
        this.decoder = decoder;
    }

    /** An event, decoded, and the block that it is in. */
    record Event(EventDecoder.Decoded decoded, Log log, Header header, long gasUsed) {}

    /**
     * Blocks that follow after each other.
     *
     * @param last the last of them
     * @param headers of it, of all blocks with events, and of the blocks that were asked for one by one
     * @param events in the chain's order
     */
    record Range(Header last, List<Header> headers, List<Event> events) {}

    /**
     * Where the chain that is known and the node's part.
     *
     * @param number the last block that both have
     * @param hash its hash; null if it is the one before the first
     * @param shorter whether the node has no other block in place of a known one, only fewer
     */
    record Fork(long number, String hash, boolean shorter) {}

    Header head() {
        return node.latest();
    }

    /** The time that the next block would have, Unix seconds. */
    long time(Header head) {
        return Math.max(head.timestamp(), node.pendingTimestamp());
    }

    boolean has(long number, String hash) {
        return node.header(number).map(Header::hash).equals(Optional.of(hash));
    }

    /** @param known hashes that blocks had, highest first */
    Fork fork(Header head, List<IndexedBlock> known, Deployment deployment) {
        boolean shorter = true;
        for (IndexedBlock block : known) {
            final Optional<Header> present =
                    block.number > head.number() ? Optional.empty() : node.header(block.number);
            if (present.isPresent()) {
                if (present.get().hash().equals(block.hash)) {
                    return new Fork(block.number, block.hash, shorter);
                }
                shorter = false;
            }
        }
        return new Fork(deployment.startBlock() - 1, null, shorter);
    }

    /**
     * Reads from the block after the known one up to another. The token's events are left out: anybody can make as many as he likes for
     * little gas, and what the campaigns do with tokens their own events say.
     *
     * @throws ChainUnavailableException if the chain changed meanwhile, or who answers does not know all of it yet
     */
    Range read(IndexerCursor known, Header head, long to, Deployment deployment) {
        final Header last = requireHeader(to);
        final Map<String, Class<?>> contracts = contracts(deployment);
        final Map<Long, Header> headers = new HashMap<>(Map.of(to, last));
        final Map<String, Long> gasUsed = new HashMap<>();
        final List<Event> events = new ArrayList<>();
        // What is not final, and always the last block, one by one.
        final long settled = Math.min(head.number() - deployment.confirmations(), to - 1);
        for (Log log : logs(known.blockNumber + 1, settled, to, List.copyOf(contracts.keySet()), headers)) {
            final long number = log.getBlockNumber().longValueExact();
            final Header header = headers.computeIfAbsent(number, this::requireHeader);
            requireHash(header, log.getBlockHash());
            final long gas = gasUsed.computeIfAbsent(log.getTransactionHash(), this::requireGasUsed);
            final Class<?> wrapper = contracts.get(log.getAddress().toLowerCase(Locale.ROOT));
            events.add(new Event(decoder.decode(wrapper, log), log, header, gas));
        }
        // The logs follow what is known, and end in this block, only if all are still in the node's chain.
        if (known.blockHash != null) {
            requireHash(requireHeader(known.blockNumber), known.blockHash);
        }
        headers.values().stream()
                .filter(header -> header.number() >= settled)
                .forEach(header -> requireHash(requireHeader(header.number()), header.hash()));
        return new Range(last, List.copyOf(headers.values()), events);
    }

    private static Map<String, Class<?>> contracts(Deployment deployment) {
        final Map<String, Class<?>> contracts = new HashMap<>(Map.of(
                deployment.registry(), DatasetRegistry.class,
                deployment.campaigns(), TrainingCampaigns.class));
        if (deployment.inference() != null) {
            contracts.put(deployment.inference(), InferenceMarket.class);
        }
        if (deployment.metrics() != null) {
            contracts.put(deployment.metrics(), ModelMetrics.class);
        }
        return contracts;
    }

    /**
     * Asked for a range, a node that is a few blocks late says that there are no logs; asked by a hash that it does not know, it refuses.
     *
     * @param settled block after which they are asked for one by one
     * @param headers to which those of blocks asked for one by one are added, and that of the block before them
     */
    private List<Log> logs(long from, long settled, long to, List<String> contracts, Map<Long, Header> headers) {
        final List<Log> logs = new ArrayList<>();
        if (settled >= from) {
            logs.addAll(node.logs(from, settled, contracts));
            headers.computeIfAbsent(settled, this::requireHeader);
        }
        for (long number = Math.max(from, settled + 1); number <= to; number++) {
            final Header header = headers.computeIfAbsent(number, this::requireHeader);
            logs.addAll(node.logs(header.hash(), contracts));
        }
        return logs;
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
}
