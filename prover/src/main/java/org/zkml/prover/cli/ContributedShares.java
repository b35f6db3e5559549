package org.zkml.prover.cli;

import java.util.List;
import java.util.Optional;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.VectorOpening;

/** The account's own contribution to the present round, and its shares, which the vault has kept since before it was sent. */
final class ContributedShares {

    private final CampaignSession session;

    ContributedShares(CampaignSession session) {
        this.session = session;
    }

    /** What the chain has of it; nothing if there is none, or it was excluded. */
    Optional<Contributor> contribution(Campaign campaign) {
        return session.events().contributors(campaign.round()).stream()
                .filter(one -> one.account().equals(session.account().toBigInteger()))
                .findFirst();
    }

    /** The shares, if this is the vault that contributed. */
    Optional<List<VectorOpening>> find(Campaign campaign, Contributor contributor) {
        return models(campaign).opening(contributor.out()) == null
                ? Optional.empty()
                : Optional.of(of(campaign, contributor));
    }

    private TrainedModels models(Campaign campaign) {
        final Seat seat = session.contract().seat(campaign.id(), session.account());
        return TrainedModels.ofCampaign(session.vault(), session.round(campaign.round()), seat.datasetId());
    }

    /** In the order of the aggregators. */
    List<VectorOpening> of(Campaign campaign, Contributor contributor) {
        final TrainedModels models = models(campaign);
        final ModelOpening model = models.opening(contributor.out());
        final int aggregators = campaign.aggregators().size();
        if (model == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault does not open the model that was contributed to round " + campaign.round()
                            + "; use the workspace that contributed it: without its shares the contribution is excluded");
        }
        final List<VectorOpening> shares = models.shares(
                        session.round(campaign.round()),
                        contributor.out(),
                        aggregators,
                        campaign.terms().lk())
                .of(model);
        for (int k = 0; k < aggregators; k++) {
            if (!shares.get(k).opens(contributor.share(k), session.committer())) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        "the vault's share for aggregator " + (k + 1)
                                + " does not open its commitment on chain; use the workspace that contributed it");
            }
        }
        return shares;
    }
}
