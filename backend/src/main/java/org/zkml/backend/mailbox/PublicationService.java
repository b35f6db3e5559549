package org.zkml.backend.mailbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.NotRelayedException;
import org.zkml.backend.chain.ShareContracts;
import org.zkml.backend.chain.Signatures;
import org.zkml.backend.chain.relay.MessageKind;
import org.zkml.backend.contribution.Contribution;
import org.zkml.backend.contribution.RelayedShare;
import org.zkml.backend.contribution.ShareOutbox;
import org.zkml.prover.envelope.MailboxDigests;

/** Publishes shares on chain, encrypted, for providers whose aggregators do not acknowledge them. */
@ApplicationScoped
public class PublicationService {

    private final Chain chain;
    private final ShareContracts contracts;
    private final Signatures signatures;
    private final MailboxRules rules;
    private final MarketClock clock;
    private final ShareOutbox outbox;

    PublicationService(
            Chain chain,
            ShareContracts contracts,
            Signatures signatures,
            MailboxRules rules,
            MarketClock clock,
            ShareOutbox outbox) {
        this.chain = chain;
        this.contracts = contracts;
        this.signatures = signatures;
        this.rules = rules;
        this.clock = clock;
        this.outbox = outbox;
    }

    /**
     * Takes in a share as the mailbox would, to be published on chain. The same one again changes nothing.
     *
     * @return nothing if there is no such campaign
     * @throws NotInCampaignException if sender or recipient have not the parts that it needs
     * @throws EnvelopeSizeException if it has another size than all shares
     * @throws org.zkml.backend.chain.SignatureRejectedException if the sender has not signed it
     * @throws NotRelayedException if the sender has not contributed to the round, or there is too little time left until shares are not
     *     disputed any more
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws org.zkml.backend.chain.relay.MessageConflictException if another one was published from here
     */
    public Optional<RelayedShare.Submitted> publish(MailboxService.Letter share) {
        return QuarkusTransaction.requiringNew()
                .call(() -> Campaign.of(share.campaignId()))
                .map(campaign -> publish(campaign, share));
    }

    private RelayedShare.Submitted publish(Campaign campaign, MailboxService.Letter share) {
        final RelayedShare.Place place = new RelayedShare.Place(
                share.campaignId(),
                share.round(),
                share.sender(),
                campaign.aggregatorAccounts().indexOf(share.recipient()));
        return outbox.accept(MessageKind.PUBLISH, place, share.envelope(), () -> due(campaign, share, place));
    }

    private ShareOutbox.Due due(Campaign campaign, MailboxService.Letter share, RelayedShare.Place place) {
        final Instant end = QuarkusTransaction.requiringNew().call(() -> {
            rules.require(campaign, share);
            requireUseful(campaign, share);
            return clock.now().at(campaign.terms().shareEnd(campaign.roundBegins));
        });
        final Deployment deployment = chain.deployment();
        signatures.requireSigned(
                share.sender(), MailboxDigests.message(share.context(deployment), share.envelope()), share.signature());
        return new ShareOutbox.Due(
                contracts.publish(
                        deployment,
                        new ShareContracts.Published(
                                place.campaignId(),
                                place.round(),
                                place.provider(),
                                place.aggregator(),
                                share.envelope(),
                                share.signature())),
                end);
    }

    /** What belongs to no contribution, or can be disputed no more, is not worth gas. */
    private void requireUseful(Campaign campaign, MailboxService.Letter share) {
        if (Contribution.of(share.campaignId(), share.round(), share.sender()).isEmpty()) {
            throw new NotRelayedException(share.sender() + " has no contribution in round " + share.round()
                    + " of campaign " + share.campaignId() + "; if that changed just now, try again in some seconds");
        }
        if (clock.now().clock() >= campaign.terms().shareEnd(campaign.roundBegins)) {
            throw new NotRelayedException("shares of round " + share.round() + " of campaign " + share.campaignId()
                    + " can be disputed no more: to publish one would help nobody");
        }
    }

    /** The last publication of a share that was sent from here. */
    public Optional<RelayedShare> get(RelayedShare.Place place) {
        return outbox.get(MessageKind.PUBLISH, place);
    }
}
