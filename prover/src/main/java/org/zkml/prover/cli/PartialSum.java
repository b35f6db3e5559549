package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.zkml.prover.averaging.Contributor;
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
    private final Allowed allowed;
    private final Set<MessageContext> sent = new HashSet<>();
    private final Map<String, Boolean> decisions = new HashMap<>();
    private byte[] digest;
    private VectorOpening sum;

    /**
     * What somebody has decided before: a sum without some of the providers says more about each of the others.
     *
     * @param exclusions whether to release it though contributions were excluded
     * @param missing whether to release it though contributors of the round before are missing
     */
    record Allowed(boolean exclusions, boolean missing) {}

    PartialSum(CampaignSession session, int own, ReceivedShares shares, Allowed allowed) {
        this.session = session;
        this.own = own;
        this.shares = shares;
        this.allowed = allowed;
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
            requireAllowed(campaign, set);
        }
        if (sum == null || !Arrays.equals(digest, set.digest())) { // all shares are opened: once a set
            sum = released.release(set, own, shares.all(campaign, set.contributors()), session.committer());
            digest = set.digest();
        }
        if (first) { // before it leaves: later looks do not know that nobody was told
            session.tell(
                    "partial-sum-released",
                    campaign.round(),
                    Console.object()
                            .put("contributors", set.contributors().size())
                            .put("weightTotal", set.weightTotal()),
                    "Round %d: partial sum of %d contributions, weight %d, released to the other aggregators.",
                    campaign.round(),
                    set.contributors().size(),
                    set.weightTotal());
        }
        for (MessageContext context : contexts) {
            if (!sent.contains(context)) {
                session.requireMailbox().send(context, sum.encode(), keysOf(context));
                sent.add(context);
            }
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

    /** Who is missing may have been kept away: by a server that held back its shares, or the model that the round starts from. */
    private void requireAllowed(Campaign campaign, ContributorSet set) {
        final List<Address> excluded = session.events().excluded(campaign.round());
        if (!excluded.isEmpty() && !allowed.exclusions()) {
            decide(campaign, excluded + " were excluded from round " + campaign.round(), "--allow-exclusions");
        }
        final List<BigInteger> here =
                set.contributors().stream().map(Contributor::account).toList();
        final List<Address> missing = session.events().contributors(campaign.round() - 1L).stream()
                .map(Contributor::account)
                .filter(account -> !here.contains(account))
                .map(Address::of)
                .filter(account -> !excluded.contains(account))
                .toList();
        if (!missing.isEmpty() && !allowed.missing()) {
            decide(
                    campaign,
                    missing + " contributed to the round before and not to round " + campaign.round()
                            + ", perhaps since a server kept its model from them",
                    "--allow-missing");
        }
    }

    /** Asks once a round. */
    private void decide(Campaign campaign, String reason, String option) {
        final boolean decided = decisions.computeIfAbsent(campaign.round() + option, key -> ask(reason));
        if (!decided) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    reason + "; nothing was released. If that is right, run the command with " + option);
        }
    }

    private boolean ask(String reason) {
        session.console().warn(reason);
        final Terminal terminal = session.console().terminal();
        if (!terminal.isInteractive()) {
            return false;
        }
        final String answer = terminal.person().ask("Release the partial sum of the others? [y/N] ");
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
