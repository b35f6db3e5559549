package org.zkml.backend.contribution;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.NotRelayedException;
import org.zkml.backend.chain.ShareContracts;
import org.zkml.backend.chain.relay.MessageKind;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.curve.G1Affine;

/** Answers disputes for providers: the share in clear, as anybody may who knows it. The contract checks that it is the one committed to. */
@ApplicationScoped
public class AnswerService {

    private final Chain chain;
    private final ShareContracts contracts;
    private final MarketClock clock;
    private final ShareOutbox outbox;

    AnswerService(Chain chain, ShareContracts contracts, MarketClock clock, ShareOutbox outbox) {
        this.chain = chain;
        this.contracts = contracts;
        this.clock = clock;
        this.outbox = outbox;
    }

    /**
     * An answer as it comes in.
     *
     * @param share values and blinder, as {@link VectorOpening#encode} has them
     * @param quotient as {@link ShareAnswer} has it
     */
    public record Request(RelayedShare.Place place, byte[] share, G1Affine quotient) {}

    /**
     * Takes an answer in to be relayed. The same one again changes nothing.
     *
     * @return nothing if there is no such campaign
     * @throws NotRelayedException if there is no such dispute, the share has another form, or there is too little time left for it
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws org.zkml.backend.chain.relay.MessageConflictException if another answer to that dispute is under way
     */
    public Optional<RelayedShare.Submitted> answer(Request request) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Campaign.of(request.place().campaignId()))
                .map(campaign -> answer(campaign, request));
    }

    private RelayedShare.Submitted answer(Campaign campaign, Request request) {
        return outbox.accept(MessageKind.ANSWER, request.place(), request.share(), () -> due(campaign, request));
    }

    private ShareOutbox.Due due(Campaign campaign, Request request) {
        final RelayedShare.Place place = request.place();
        final Contributor contributor = QuarkusTransaction.requiringNew().call(() -> disputed(place));
        final VectorOpening share;
        try {
            share = VectorOpening.decode(request.share(), campaign.terms().lk());
        } catch (IllegalArgumentException e) {
            throw new NotRelayedException("the share is none of campaign " + campaign.id + ": " + e.getMessage());
        }
        final ShareAnswer answer = new ShareAnswer(place.aggregator(), share, request.quotient());
        final long end = campaign.terms().answerEnd(campaign.roundBegins);
        return new ShareOutbox.Due(
                contracts.reveal(chain.deployment(), place.campaignId(), place.round(), contributor, answer),
                QuarkusTransaction.requiringNew().call(clock::now).at(end));
    }

    /** Whose share is disputed, as far as the server has read the chain: one that is not is never shown. */
    private static Contributor disputed(RelayedShare.Place place) {
        return ShareDispute.of(place.campaignId(), place.round(), place.provider(), place.aggregator())
                .flatMap(dispute -> Contribution.of(place.campaignId(), place.round(), place.provider()))
                .orElseThrow(() -> new NotRelayedException("aggregator " + place.aggregator()
                        + " has not disputed a share of " + place.provider() + " in round " + place.round()
                        + " of campaign " + place.campaignId()
                        + "; if that changed just now, try again in some seconds"))
                .contributor();
    }

    /** The last answer to a dispute that was sent from here. */
    public Optional<RelayedShare> get(RelayedShare.Place place) {
        return outbox.get(MessageKind.ANSWER, place);
    }
}
