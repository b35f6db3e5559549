package org.zkml.prover.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;

/** What an aggregator does in a campaign: takes shares in, disputes, excludes, averages, hands the models over, ends what is over. */
final class Aggregation {

    private final CampaignSession session;
    private final Turn turn;
    private final Turn lapsing;
    private final ReceivedShares shares;
    private final RoundClosing closing;
    private final Set<MessageContext> handedOver = new HashSet<>();
    private final Set<Long> unknown = new HashSet<>();

    Aggregation(CampaignSession session, long takeoverSeconds, PartialSum.Allowed allowed) {
        this.session = session;
        final int own = place(session);
        this.turn = new Turn(own, takeoverSeconds);
        this.lapsing = new Turn(own + 1, takeoverSeconds);
        this.shares = new ReceivedShares(session, own);
        this.closing = new RoundClosing(session, own, turn, new PartialSum(session, own, shares, allowed));
    }

    private static int place(CampaignSession session) {
        final List<Address> accounts = session.campaign().aggregators();
        final int place = accounts.indexOf(session.account());
        if (place < 0) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    session.account() + " is no aggregator of campaign " + session.id() + "; its aggregators are "
                            + accounts);
        }
        session.requireMailbox();
        return place;
    }

    /** Each part by itself: a server that fails, or a round that cannot be closed, keeps nothing else from being done. */
    void step(Campaign campaign) {
        final Attempts attempts = new Attempts();
        switch (campaign.state()) {
            case OPEN -> attempts.run(() -> end(campaign, campaign.deadlines().begin()));
            case RUNNING -> {
                attempts.run(() -> shares.step(campaign, attempts));
                attempts.run(() -> exclude(campaign, attempts));
                attempts.run(() -> closing.step(campaign));
                attempts.run(() -> lapse(campaign));
            }
            default -> attempts.run(shares::drop);
        }
        attempts.run(() -> handOver(campaign, attempts));
        attempts.end();
    }

    /** Sends the latest average to every seat, this account's own left out. */
    private void handOver(Campaign campaign, Attempts attempts) {
        if (campaign.round() == 0) {
            return;
        }
        final long round = campaign.round() - 1L;
        final List<CampaignEvents.Recipient> seats = session.events().seats().stream()
                .filter(seat -> !seat.account().equals(session.account()))
                .filter(seat -> !handedOver.contains(session.to(seat.account(), MessageKind.MODEL, round)))
                .toList();
        if (seats.isEmpty()) {
            return;
        }
        final ModelOpening model = session.secrets().roundModel(session.round(campaign.round()));
        final RoundsContract.Sums sums = session.rounds().sums(campaign.id(), campaign.round());
        if (model == null || !model.commit(session.committer()).equals(sums.model())) {
            if (unknown.add(round)) {
                session.console()
                        .warn("the vault does not open the average of round " + round
                                + "; the other aggregators hand it over. Restore the vault that averaged it");
            }
            return;
        }
        final Mailbox mailbox = session.requireMailbox().within(Mailbox.EXCHANGE);
        final Set<MessageContext> fresh = new HashSet<>();
        for (CampaignEvents.Recipient seat : seats) {
            attempts.run(() -> {
                final MessageContext context = session.to(seat.account(), MessageKind.MODEL, round);
                final Optional<PublicKeys> keys = session.keysOf(seat);
                if (keys.isPresent() && mailbox.sent(context).isEmpty()) {
                    mailbox.send(context, model.vector().encode(), keys.get());
                    fresh.add(context);
                }
                handedOver.add(context);
            });
        }
        if (!fresh.isEmpty()) {
            session.tell(
                    "model-handed-over",
                    round,
                    Console.object().put("seats", fresh.size()),
                    "The average of round %d was sent to %d seats.",
                    round,
                    fresh.size());
        }
    }

    /** Takes contributions out whose providers did not answer in time. */
    private void exclude(Campaign campaign, Attempts attempts) {
        final long since = session.events().head().time() - campaign.deadlines().answer();
        for (Contributor contributor : Exclusions.due(campaign, session.events())) {
            if (turn.hasCome("exclude " + Address.of(contributor.account()), campaign, since)) {
                attempts.run(() -> exclude(campaign, contributor));
            }
        }
    }

    private void exclude(Campaign campaign, Contributor contributor) {
        final Address provider = Address.of(contributor.account());
        final Receipt receipt =
                session.rounds().exclude(session.sender(), session.round(campaign.round()), contributor);
        session.events().refresh();
        session.tell(
                "excluded",
                campaign.round(),
                receipt.writeTo(Console.object().put("provider", provider.toString())),
                "Round %d: %s did not answer in time and is excluded.",
                campaign.round(),
                provider);
    }

    /** Ends a round that cannot be averaged any more. Where it still can be, an average is better: the others get time for it. */
    private void lapse(Campaign campaign) {
        final RoundsContract.Sums sums = session.rounds().sums(campaign.id(), campaign.round());
        if (sums.inDispute() == 0) {
            final boolean enough = sums.contributors() >= campaign.terms().minProviders();
            end(
                    campaign,
                    enough
                            ? campaign.deadlines().aggregation()
                            : campaign.deadlines().contribution());
        }
    }

    private void end(Campaign campaign, long deadline) {
        final long now = session.events().head().time();
        if (now < deadline || !lapsing.hasCome("end", campaign, now - deadline)) {
            return;
        }
        if (session.campaign().round() != campaign.round() || session.campaign().state() != campaign.state()) {
            return; // somebody was faster
        }
        final Receipt receipt = session.contract().end(session.sender(), campaign);
        session.tell(
                "lapsed",
                campaign.round(),
                receipt.writeTo(Console.object()),
                "Round %d of campaign %s could not be averaged; the campaign is over.",
                campaign.round(),
                campaign.id());
    }
}
