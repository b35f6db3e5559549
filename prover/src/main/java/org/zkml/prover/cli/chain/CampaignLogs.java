package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.ExitCode;

/** A campaign's events as a node has them. Not thread-safe. */
final class CampaignLogs {

    /** Most blocks asked for at once; half as many, and so on, where the node refuses. */
    private static final long CHUNK = 5_000;

    private final Chain chain;
    private final Address contract;
    private final BigInteger campaignId;
    private final long firstBlock;
    private final long confirmations;
    private final List<Log> kept = new ArrayList<>();
    private long next;
    private long chunk;
    private List<Log> recent = List.of();
    private Chain.Block head;
    private Chain.Block settled;

    /** @param confirmations how many blocks below the head one counts as final */
    CampaignLogs(Chain chain, Deployment deployment, BigInteger campaignId, long confirmations) {
        this.chain = chain;
        this.contract = deployment.trainingCampaigns();
        this.campaignId = campaignId;
        this.firstBlock = deployment.block();
        this.confirmations = confirmations;
        this.next = firstBlock;
    }

    /** Reads final blocks that it has not read yet, and those above again. */
    void refresh() {
        head = chain.latest();
        settled = chain.block(Math.max(firstBlock, head.number() - confirmations));
        chunk = CHUNK;
        while (next <= settled.number()) {
            next = append(kept, next, settled.number());
        }
        final List<Log> above = new ArrayList<>();
        for (long from = next; from <= head.number(); ) {
            from = append(above, from, head.number());
        }
        recent = above;
    }

    /** Adds the events of as many blocks as the node answers for at once. @return the block after these */
    private long append(List<Log> into, long from, long last) {
        for (; ; ) {
            final long to = Math.min(last, from + chunk - 1);
            try {
                into.addAll(chain.logs(contract, campaignId, from, to));
                return to + 1;
            } catch (CommandException e) {
                final boolean refused =
                        e.exitCode() == ExitCode.REFUSED || e.getCause() instanceof ClientConnectionException;
                if (!refused || from == to) {
                    throw e;
                }
                chunk = (to - from + 1) / 2;
            }
        }
    }

    Chain.Block head() {
        return head;
    }

    Chain.Block settled() {
        return settled;
    }

    /** Of final blocks. */
    List<Log> kept() {
        return kept;
    }

    /** Of all blocks. */
    List<Log> all() {
        return Stream.concat(kept.stream(), recent.stream()).toList();
    }
}
