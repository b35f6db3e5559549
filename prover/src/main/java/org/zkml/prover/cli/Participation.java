package org.zkml.prover.cli;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.commitment.SetupFile;

/** What a provider does in a campaign: trains, proves, contributes, brings its shares to the aggregators, round by round. */
final class Participation {

    private final CampaignSession session;
    private final RoundContribution contribution;
    private final ShareDelivery shares;
    private final RoundModels models;
    private final Set<String> told = new HashSet<>();

    /**
     * How a site takes part.
     *
     * @param dataset its name in the workspace
     * @param company that the site wants
     * @param report whether to tell the server times and scores
     */
    record Plan(String dataset, CompanyOption company, boolean report) {}

    Participation(CampaignSession session, SetupFile setup, Relay relay, Supplier<ShareRelay> shareRelays, Plan plan) {
        this.session = session;
        this.contribution = new RoundContribution(session, setup, relay, plan);
        this.shares = new ShareDelivery(session, shareRelays);
        this.models = new RoundModels(session.vault(), session.workspace().deployment(), session.committer());
        final Campaign campaign = session.campaign();
        plan.company().requirePossible(campaign, session.account());
        requireSeatOf(plan.dataset(), campaign);
    }

    /** What would be found out only after the training otherwise. */
    private void requireSeatOf(String dataset, Campaign campaign) {
        final Seat seat = session.contract().seat(session.id(), session.account());
        if (seat == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    session.account() + " has no seat in campaign " + session.id() + "; run \"zkml join\" first");
        }
        if (campaign.isOver()) {
            return;
        }
        final byte[] named = TrainingRound.of(campaign.task(), true, dataset, session.workspace())
                .datasetId();
        if (!Arrays.equals(named, seat.datasetId())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the seat in campaign " + session.id() + " is of data set " + Hex.of(seat.datasetId()) + ", \""
                            + dataset + "\" is " + Hex.of(named) + "; name the one that joined with --name");
        }
    }

    /** Each part by itself: while no model comes, shares of the round are still published, and disputes answered. */
    void step(Campaign campaign) {
        if (campaign.state() == CampaignState.CANCELLED) {
            return;
        }
        if (campaign.state() == CampaignState.OPEN) {
            tellWaiting(campaign, "begin", campaign.deadlines().begin(), "Seats are taken, until %s at the latest.");
            return;
        }
        tellExclusions(campaign);
        if (campaign.state() == CampaignState.FINISHED) {
            requireFinal(campaign);
            return;
        }
        final Attempts attempts = new Attempts();
        attempts.run(() -> contributeIfDue(campaign));
        attempts.run(() -> shares.step(campaign));
        attempts.end();
    }

    private void contributeIfDue(Campaign campaign) {
        final Seat seat = session.contract().seat(session.id(), session.account());
        if (seat.nextRound() > campaign.round()) {
            return;
        }
        final long until = campaign.deadlines().contribution();
        if (session.events().head().time() + contribution.seconds(campaign) >= until) {
            tellTooLate(campaign, until);
            return;
        }
        final Optional<ModelOpening> model = model(campaign);
        if (model.isEmpty()) {
            tellWaiting(
                    campaign,
                    "model",
                    until,
                    "No aggregator has handed over the model yet; contributions until %s. If it does not come, ask for a file:"
                            + " \"zkml model hand-over\".");
            return;
        }
        contribution.make(campaign, seat, model.get());
        session.events().refresh();
    }

    /** Once: a process that says nothing looks like one that does nothing. */
    private void tellWaiting(Campaign campaign, String what, long until, String format) {
        if (told.add("waiting " + campaign.round() + "/" + what)) {
            session.tell(
                    "waiting",
                    campaign.round(),
                    Console.object()
                            .put("for", what)
                            .put("until", Instant.ofEpochSecond(until).toString()),
                    "Round %d: waiting. " + format,
                    campaign.round(),
                    Instant.ofEpochSecond(until));
        }
    }

    private void tellTooLate(Campaign campaign, long until) {
        if (told.add("too late " + campaign.round())) {
            session.tell(
                    "too-late",
                    campaign.round(),
                    Console.object()
                            .put("until", Instant.ofEpochSecond(until).toString())
                            .put("proofSeconds", contribution.seconds(campaign)),
                    "Round %d: contributions until %s, too late for one of this site; the next round is open to it.",
                    campaign.round(),
                    Instant.ofEpochSecond(until));
        }
    }

    private Optional<ModelOpening> model(Campaign campaign) {
        final boolean fetched = session.secrets().roundModel(session.round(campaign.round())) == null;
        final Optional<ModelOpening> model = models.find(
                campaign,
                campaign.round(),
                session.rounds().sums(campaign.id(), campaign.round()).model(),
                session.mailbox());
        if (model.isPresent() && campaign.round() > 0 && fetched) {
            session.tell(
                    "model-received",
                    campaign.round(),
                    Console.object(),
                    "The model of round %d opens the chain's commitment, all weights in range.",
                    campaign.round());
        }
        return model;
    }

    /** The last model: waited for as long as aggregators have for an average, whatever the server does. */
    private void requireFinal(Campaign campaign) {
        CommandException cause = null;
        try {
            if (model(campaign).isPresent()) {
                return;
            }
        } catch (CommandException e) {
            if (!RoundLoop.isPassing(e)) {
                throw e;
            }
            cause = e;
        }
        final boolean late = isLate(campaign, session.events(), session.chain());
        throw new CommandException(
                late ? ExitCode.CONFLICT : ExitCode.REFUSED,
                "no aggregator has handed over the final model of campaign " + campaign.id()
                        + (cause == null ? "" : " (" + cause.getMessage() + ")")
                        + (late
                                ? " in " + campaign.terms().windows().aggregation() + " seconds; ask one of "
                                        + campaign.aggregators() + ", then run \"zkml model fetch --campaign "
                                        + campaign.id() + "\""
                                : " yet; wait"),
                cause);
    }

    /** Whether aggregators have had the time of an average for handing the last one over. The state is read after the events, which may not have that average yet. */
    static boolean isLate(Campaign campaign, CampaignEvents events, Chain chain) {
        final List<CampaignEvents.Average> averages = events.averages();
        if (averages.size() < campaign.round()) {
            return false;
        }
        final long closed =
                chain.block(averages.get(campaign.round() - 1).block()).time();
        return events.head().time() >= closed + campaign.terms().windows().aggregation();
    }

    private void tellExclusions(Campaign campaign) {
        final List<Address> excluded = session.events().excluded(campaign.round());
        if (excluded.contains(session.account()) && told.add("excluded " + campaign.round())) {
            session.tell(
                    "excluded",
                    campaign.round(),
                    Console.object(),
                    "Round %d: this account's contribution was excluded; the next round is open to it again.",
                    campaign.round());
        }
    }
}
