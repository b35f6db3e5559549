package org.zkml.prover.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;

/** Where an aggregator finds what may be its share of a contribution. */
final class FoundShares {

    private final CampaignSession session;
    private final int own;

    /** @param own the aggregator's place, from 0 */
    FoundShares(CampaignSession session, int own) {
        this.session = session;
        this.own = own;
    }

    /**
     * What may be a share.
     *
     * @param signed null if it came without an envelope
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Found(Mailbox.Signed signed, byte[] payload) {

        private static Stream<Found> sealed(Mailbox.Signed signed, Optional<byte[]> payload) {
            return payload.map(bytes -> new Found(signed, bytes)).stream();
        }
    }

    /** Published, shown in clear, or this account's own. */
    Stream<Found> withoutServer(Campaign campaign, Contributor contributor) {
        final CampaignEvents.Dispute about = new CampaignEvents.Dispute(Address.of(contributor.account()), own);
        return Stream.of(
                        ofThisVault(campaign, contributor),
                        published(campaign, contributor),
                        session.events().revealed(campaign.round()).stream()
                                .filter(revealed -> revealed.dispute().equals(about))
                                .map(revealed ->
                                        new Found(null, revealed.share().encode())))
                .flatMap(found -> found);
    }

    /** An aggregator that contributes has its share already, if it does so with the same vault. */
    private Stream<Found> ofThisVault(Campaign campaign, Contributor contributor) {
        if (!contributor.account().equals(session.account().toBigInteger())) {
            return Stream.empty();
        }
        return new ContributedShares(session)
                        .find(campaign, contributor)
                        .map(shares -> new Found(null, shares.get(own).encode()))
                        .stream();
    }

    private Stream<Found> published(Campaign campaign, Contributor contributor) {
        final MessageContext context = new MessageContext(
                session.round(campaign.round()),
                MessageKind.SHARE,
                contributor.account(),
                session.account().toBigInteger());
        return session.events().published(campaign.round()).stream()
                .filter(published -> published.aggregator() == own
                        && published.provider().equals(Address.of(contributor.account()))
                        && session.mailbox().isBy(context, published.share()))
                .flatMap(published ->
                        Found.sealed(published.share(), session.mailbox().open(context, published.share())));
    }

    /** What the mailbox has of these contributors. */
    List<Mailbox.Letter> letters(Campaign campaign, List<Contributor> contributors) {
        return session.requireMailbox()
                .received(
                        session.round(campaign.round()),
                        MessageKind.SHARE,
                        campaign.terms().lk(),
                        contributors.stream()
                                .map(contributor -> Address.of(contributor.account()))
                                .toList());
    }

    static Stream<Found> among(List<Mailbox.Letter> letters, Contributor contributor) {
        return letters.stream()
                .filter(letter -> letter.context().sender().equals(contributor.account()))
                .flatMap(letter -> Found.sealed(letter.signed(), letter.payload()));
    }
}
