package org.zkml.backend.contribution;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.Seat;
import org.zkml.backend.chain.relay.RelayStatus;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.dataset.Dataset;

/** Contributions as they stand, from the chain's events and what was submitted here. */
@ApplicationScoped
public class ContributionViews {

    private final RelayStatus status;

    ContributionViews(RelayStatus status) {
        this.status = status;
    }

    /**
     * @param relayed where it stands
     * @param statementHash null if it was not submitted here
     * @param rows of the data set; null if that is not known here yet
     * @param weight rows that count; null before the seat is known
     * @param proofBytes null if it was not submitted here
     * @param reward base units for the weight; null before the seat is known
     * @param outcome null until it is verified
     * @param report what the sender said about it, or null
     */
    public record View(
            Relayed relayed,
            String statementHash,
            BigInteger campaignId,
            int round,
            String provider,
            String datasetId,
            Long rows,
            Long weight,
            Integer proofBytes,
            BigInteger reward,
            Outcome outcome,
            Report report) {}

    /** What became of a verified contribution. */
    public enum Outcome {
        ACCEPTED,
        /** Taken out of its round for fault, its reward burned. */
        EXCLUDED
    }

    /** A contribution that is verified or about to be. */
    public Optional<View> get(String id) {
        return QuarkusTransaction.requiringNew().call(() -> find(id));
    }

    /** The verified contributions to a campaign, in the order of the chain. */
    public List<Contribution> ofCampaign(BigInteger campaignId) {
        return QuarkusTransaction.requiringNew().call(() -> Contribution.of(campaignId));
    }

    /** Within a transaction. */
    Optional<View> find(String id) {
        final Optional<ContributionSubmission> submission = ContributionSubmission.of(id);
        final Optional<Contribution> contribution = Contribution.of(id);
        if (contribution.isPresent()) {
            final Contribution c = contribution.get();
            final Relayed relayed = status.ofChain(ContributionService.resource(id), id, c.position, c.verifiedAt);
            return Optional.of(
                    view(relayed, submission.orElse(null), c.campaignId, c.round, c.provider, c.datasetId, outcome(c)));
        }
        return submission.flatMap(s -> status.ofMessage(ContributionService.resource(id), id)
                .map(relayed -> view(relayed, s, s.campaignId, s.round, s.provider, s.datasetId, null)));
    }

    /** Within a transaction. */
    static Outcome outcome(Contribution contribution) {
        return Exclusion.of(contribution.campaignId, contribution.round, contribution.provider)
                        .isPresent()
                ? Outcome.EXCLUDED
                : Outcome.ACCEPTED;
    }

    private static View view(
            Relayed relayed,
            ContributionSubmission submission,
            BigInteger campaignId,
            int round,
            String provider,
            String datasetId,
            Outcome outcome) {
        final Optional<Long> weight = Seat.of(campaignId, provider).map(seat -> seat.weight);
        final Optional<BigInteger> perRow =
                Campaign.of(campaignId).map(campaign -> campaign.terms().rewardPerRow());
        return new View(
                relayed,
                submission == null ? null : submission.statementHash,
                campaignId,
                round,
                provider,
                datasetId,
                Dataset.of(datasetId).map(dataset -> dataset.n).orElse(null),
                weight.orElse(null),
                submission == null ? null : submission.proofBytes,
                weight.flatMap(rows -> perRow.map(amount -> amount.multiply(BigInteger.valueOf(rows))))
                        .orElse(null),
                outcome,
                submission == null ? null : ContributionService.report(submission.report));
    }
}
