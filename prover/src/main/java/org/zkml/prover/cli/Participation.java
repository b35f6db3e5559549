package org.zkml.prover.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.SetupFile;

/** What a provider does in a campaign: trains, proves, contributes, brings its shares to the aggregators, round by round. The setup is read once. */
final class Participation {

    private final CampaignSession session;
    private final SetupFile setup;
    private final Relay relay;
    private final Plan plan;
    private final ShareDelivery shares;
    private final RoundModels models;
    private final Set<String> told = new HashSet<>();
    private TrainingRun.Key key;

    /**
     * How a site takes part.
     *
     * @param dataset its name in the workspace
     * @param leastSeats that the site wants
     * @param report whether to tell the server times and scores
     */
    record Plan(String dataset, int leastSeats, boolean report) {}

    Participation(CampaignSession session, SetupFile setup, Relay relay, Plan plan) {
        this.session = session;
        this.setup = setup;
        this.relay = relay;
        this.plan = plan;
        this.shares = new ShareDelivery(session);
        this.models = new RoundModels(session.vault(), session.workspace().deployment(), session.committer());
        if (session.contract().seat(session.id(), session.account()) == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    session.account() + " has no seat in campaign " + session.id() + "; run \"zkml join\" first");
        }
    }

    void step(Campaign campaign) {
        if (campaign.state() == CampaignState.OPEN || campaign.state() == CampaignState.CANCELLED) {
            return;
        }
        tellExclusions(campaign);
        final Optional<ModelOpening> model = model(campaign);
        if (campaign.state() == CampaignState.FINISHED) {
            requireFinal(campaign, model);
            return;
        }
        final Seat seat = session.contract().seat(session.id(), session.account());
        if (model.isPresent()
                && seat.nextRound() <= campaign.round()
                && session.events().head().time() < campaign.deadlines().contribution()) {
            contribute(campaign, seat, model.get());
            session.events().refresh();
        }
        shares.step(campaign);
    }

    private Optional<ModelOpening> model(Campaign campaign) {
        final boolean fetched = session.secrets().roundModel(campaign.id(), campaign.round()) == null;
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

    private static void requireFinal(Campaign campaign, Optional<ModelOpening> model) {
        if (model.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "no aggregator has handed over the final model of campaign " + campaign.id() + " yet; wait");
        }
    }

    private void contribute(Campaign campaign, Seat seat, ModelOpening model) {
        Submission.requireCompany(campaign, plan.leastSeats());
        final Workspace workspace = session.workspace();
        final TrainingRound round = TrainingRound.of(campaign.task(), true, plan.dataset(), workspace);
        final ProofFiles files = new ProofFiles(workspace.roundFolder(campaign.id(), campaign.round()));
        final TrainingRun run = new TrainingRun(round);
        final RoundInputs inputs = round.inputs(session.vault(), model);
        try (ProgressBar progress = new ProgressBar(session.console(), RoundProof.PHASES)) {
            progress.phase(RoundProof.PHASES.getFirst());
            if (key == null) {
                key = run.key(setup, session.chain().chainId());
            }
            final RoundProof.Made made = new RoundProof(workspace.deployment(), run, key, progress)
                    .make(
                            inputs,
                            TrainedModels.ofCampaign(
                                    session.vault(), campaign.id(), campaign.round(), round.datasetId()),
                            files,
                            false,
                            statement -> StatementCheck.requireTrain(
                                    statement.encode(),
                                    session.contract()
                                            .trainStatement(
                                                    campaign.id(),
                                                    campaign.round(),
                                                    round.datasetId(),
                                                    statement.out())));
            if (made != null) {
                tell(campaign, made);
            }
        } finally {
            inputs.data().wipe();
        }
        final Submission submission = Submission.read(session.chain(), workspace, campaign, seat, files, plan.report());
        final Receipt receipt = submission.send(session.vault(), session.committer(), relay);
        session.tell(
                "contributed",
                campaign.round(),
                receipt.writeTo(Console.object()),
                "Round %d: contributed in transaction %s, %s gas.",
                campaign.round(),
                receipt.transactionHash(),
                receipt.gasUsed());
    }

    private void tell(Campaign campaign, RoundProof.Made made) {
        final long millis = made.record().get("millis").asLong();
        if (made.curve().diverged()) {
            session.console().warn(TrainCommand.DIVERGED);
        }
        session.tell(
                "proved",
                campaign.round(),
                Console.object()
                        .put("proofMillis", millis)
                        .put("metric", made.record().get("metric").asText())
                        .put("score", made.curve().last().score())
                        .put("loss", made.curve().last().loss()),
                "Round %d: trained and proved in %d ms; %s %.4f here.",
                campaign.round(),
                millis,
                made.record().get("metric").asText(),
                made.curve().last().score());
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
