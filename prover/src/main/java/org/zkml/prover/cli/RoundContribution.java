package org.zkml.prover.cli;

import java.math.BigInteger;
import org.zkml.prover.averaging.ContributedWeights;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.commitment.SetupFile;

/** How a provider contributes to a round: trains, proves, signs, hands to a relay. The setup is read once. */
final class RoundContribution {

    private final CampaignSession session;
    private final SetupFile setup;
    private final Relay relay;
    private final Participation.Plan plan;
    private TrainingRun.Key key;
    private Prepared prepared;
    /** Of the last proof, without reading the setup. */
    private long lastMillis;

    RoundContribution(CampaignSession session, SetupFile setup, Relay relay, Participation.Plan plan) {
        this.session = session;
        this.setup = setup;
        this.relay = relay;
        this.plan = plan;
    }

    /**
     * A round's contribution: not made again because the relay refuses, or the contracts are paused.
     *
     * @param contribution good for a day from when it was signed
     */
    private record Prepared(Submission submission, Contribution contribution) {}

    /** How long it will take to prove, by the last time: nothing if it is proved, or if that is not known. */
    long seconds(Campaign campaign) {
        return isPrepared(campaign) || files(campaign).exist() ? 0 : lastMillis / 1_000;
    }

    private boolean isPrepared(Campaign campaign) {
        return prepared != null && prepared.submission().campaign().round() == campaign.round();
    }

    /** Makes it, if that is not done yet, and contributes it. */
    void make(Campaign campaign, Seat seat, ModelOpening model) {
        plan.company().require(campaign, session.account());
        if (!isPrepared(campaign)) {
            CompanyOption.warnOfWeight(session.console(), seat, session.events());
            prove(campaign, model);
            final Submission submission = Submission.read(
                    session.chain(), session.workspace(), campaign, seat, files(campaign), plan.report());
            prepared = new Prepared(submission, submission.sign(session.vault(), session.committer()));
        } else if (!isGood(prepared.contribution().authorization())) {
            prepared = new Prepared(
                    prepared.submission(), prepared.submission().sign(session.vault(), session.committer()));
        }
        final Receipt receipt = prepared.submission().send(prepared.contribution(), relay);
        prepared = null;
        session.tell(
                "contributed",
                campaign.round(),
                receipt.writeTo(Console.object()),
                "Round %d: contributed in transaction %s, %s gas.",
                campaign.round(),
                receipt.transactionHash(),
                receipt.gasUsed());
    }

    /** Whether it will be good for another hour. */
    private boolean isGood(Authorization authorization) {
        return authorization
                        .deadline()
                        .compareTo(BigInteger.valueOf(session.events().head().time() + 3_600))
                > 0;
    }

    private ProofFiles files(Campaign campaign) {
        return new ProofFiles(session.workspace().roundFolder(campaign.id(), campaign.round()));
    }

    private void prove(Campaign campaign, ModelOpening model) {
        final Workspace workspace = session.workspace();
        final TrainingRound round = TrainingRound.of(campaign.task(), true, plan.dataset(), workspace);
        final TrainingRun run = new TrainingRun(round);
        final RoundInputs inputs = round.inputs(session.vault(), model);
        try (ProgressBar progress = new ProgressBar(session.console(), RoundProof.PHASES)) {
            progress.phase(RoundProof.PHASES.getFirst());
            if (key == null) {
                key = run.key(setup, session.chain().chainId());
            }
            final long start = System.nanoTime();
            final RoundProof.Made made = new RoundProof(workspace.deployment(), run, key, progress)
                    .make(
                            inputs,
                            TrainedModels.ofCampaign(
                                    session.vault(), session.round(campaign.round()), round.datasetId()),
                            files(campaign),
                            false,
                            (statement, trained) -> {
                                StatementCheck.requireTrain(
                                        statement.encode(),
                                        session.contract()
                                                .trainStatement(
                                                        campaign.id(),
                                                        campaign.round(),
                                                        round.datasetId(),
                                                        statement.out()));
                                new ContributedWeights(session.vault())
                                        .require(session.round(campaign.round()), trained);
                            });
            if (made != null) {
                lastMillis = (System.nanoTime() - start) / 1_000_000;
                tell(campaign, made);
            }
        } finally {
            inputs.data().wipe();
        }
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
}
