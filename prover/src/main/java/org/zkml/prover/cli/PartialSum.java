package org.zkml.prover.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.zkml.prover.averaging.ContributorSet;
import org.zkml.prover.averaging.ReleasedSums;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;

/** An aggregator's one partial sum of a round, for the final set and for the other aggregators only. */
final class PartialSum {

    private final CampaignSession session;
    private final int own;
    private final ReceivedShares shares;
    private final boolean exclusionsAllowed;
    private final Set<MessageContext> sent = new HashSet<>();
    private final Set<Integer> declined = new HashSet<>();
    private byte[] digest;
    private VectorOpening sum;

    /** @param exclusionsAllowed whether to release it though contributions were excluded */
    PartialSum(CampaignSession session, int own, ReceivedShares shares, boolean exclusionsAllowed) {
        this.session = session;
        this.own = own;
        this.shares = shares;
        this.exclusionsAllowed = exclusionsAllowed;
    }

    /**
     * The sum, which the other aggregators have been sent.
     *
     * @throws org.zkml.prover.averaging.SecondPartialSumException if the round's sum was released for another set
     */
    VectorOpening release(Campaign campaign, ContributorSet set) {
        final List<MessageContext> contexts = session.events().aggregators().stream()
                .map(CampaignEvents.Recipient::account)
                .filter(account -> !account.equals(session.account()))
                .map(account -> session.to(account, MessageKind.PARTIAL_SUM, campaign.round()))
                .toList();
        final ReleasedSums released = new ReleasedSums(session.vault());
        final boolean first = !released.isReleased(set.round());
        if (first) {
            requireNothingSent(contexts);
            requireExclusionsAllowed(campaign);
        }
        if (sum == null || !Arrays.equals(digest, set.digest())) { // all shares are opened: once a set
            sum = released.release(set, own, shares.all(campaign, set.contributors()), session.committer());
            digest = set.digest();
        }
        for (MessageContext context : contexts) {
            if (!sent.contains(context)) {
                session.requireMailbox().send(context, sum.encode(), keysOf(context));
                sent.add(context);
            }
        }
        if (first) {
            session.tell(
                    "partial-sum-released",
                    campaign.round(),
                    Console.object()
                            .put("contributors", set.contributors().size())
                            .put("weightTotal", set.weightTotal()),
                    "Round %d: partial sum of %d contributions, weight %d, sent to the other aggregators.",
                    campaign.round(),
                    set.contributors().size(),
                    set.weightTotal());
        }
        return sum;
    }

    private PublicKeys keysOf(MessageContext context) {
        return session.events().aggregators().stream()
                .filter(aggregator -> aggregator.account().toBigInteger().equals(context.recipient()))
                .map(CampaignEvents.Recipient::keys)
                .findFirst()
                .orElseThrow();
    }

    /** A vault that came back from a backup does not know what set a sum went out for. */
    private void requireNothingSent(List<MessageContext> contexts) {
        for (MessageContext context : contexts) {
            if (session.requireMailbox().sent(context).isPresent()) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        "the mailbox has this account's partial sum of " + context.round()
                                + ", of which the vault knows nothing: another one could give models away."
                                + " Use the vault that sent it, or let the round lapse");
            }
        }
    }

    /** With fewer contributions the sum says more about each: somebody decides. */
    private void requireExclusionsAllowed(Campaign campaign) {
        final List<Address> excluded = session.events().excluded(campaign.round());
        if (excluded.isEmpty() || exclusionsAllowed) {
            return;
        }
        if (!declined.contains(campaign.round())) {
            session.console().warn("excluded from round " + campaign.round() + ": " + excluded);
        }
        final String question = "Release the partial sum of the others? [y/N] ";
        final Terminal terminal = session.console().terminal();
        final boolean ask = terminal.isInteractive() && !declined.contains(campaign.round());
        final String answer = ask ? terminal.person().ask(question) : null;
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            declined.add(campaign.round()); // asked once a round
            throw new CommandException(
                    ExitCode.REFUSED,
                    excluded + " were excluded from round " + campaign.round()
                            + "; nothing was released. If that is right, run the command with --allow-exclusions");
        }
    }
}
