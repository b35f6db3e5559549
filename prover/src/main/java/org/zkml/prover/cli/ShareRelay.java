package org.zkml.prover.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.chain.Pending;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.RoundId;

/**
 * Brings shares to the chain in whatever way works: a contribution whose shares do not get there can be excluded. What the contract refuses is shown to nobody else. What is published twice does no harm, and of
 * two answers one is refused.
 *
 * @param ways the first is tried first
 */
record ShareRelay(List<ShareWay> ways) {

    ShareRelay {
        ways = List.copyOf(ways);
    }

    /** Hands a share in by the first way that takes it; waiting tries the others too. */
    Pending publish(MessageContext context, int aggregator, Mailbox.Signed share) {
        return first(ways, way -> way.publishShare(context, aggregator, share));
    }

    Receipt reveal(RoundId round, Contributor contributor, ShareAnswer answer) {
        return first(ways, way -> {
                    final Receipt receipt = way.revealShare(round, contributor, answer);
                    return () -> receipt;
                })
                .await();
    }

    private static Pending first(List<ShareWay> ways, Function<ShareWay, Pending> send) {
        final List<ShareWay> others = ways.subList(1, ways.size());
        final Pending sent;
        try {
            sent = send.apply(ways.getFirst());
        } catch (CommandException e) {
            return after(e, others, send);
        }
        return () -> {
            try {
                return sent.await();
            } catch (CommandException e) {
                return after(e, others, send).await();
            }
        };
    }

    private static Pending after(CommandException failure, List<ShareWay> others, Function<ShareWay, Pending> send) {
        if (others.isEmpty() || failure instanceof ContractRefusedException) {
            throw failure;
        }
        final Pending next = both(failure, () -> first(others, send));
        return () -> both(failure, next::await);
    }

    /** If the later fails as well, both are told. */
    private static <T> T both(CommandException failure, Supplier<T> later) {
        try {
            return later.get();
        } catch (CommandException e) {
            final CommandException all =
                    new CommandException(e.exitCode(), failure.getMessage() + "; the other way: " + e.getMessage(), e);
            all.addSuppressed(failure);
            throw all;
        }
    }
}
