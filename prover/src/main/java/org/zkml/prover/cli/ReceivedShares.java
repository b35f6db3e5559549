package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareVerdicts;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.hash.Keccak256;

/**
 * An aggregator's shares of a round's contributions (docs/secure-averaging.md, "A round", steps 3 and 5): taken from mailbox and chain, checked, kept in the vault, acknowledged; or disputed.
 */
final class ReceivedShares {

    private final CampaignSession session;
    private final int own;
    private final ShareVerdicts verdicts;
    private final Set<MessageContext> acknowledged = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /** @param own the aggregator's place, from 0 */
    ReceivedShares(CampaignSession session, int own) {
        this.session = session;
        this.own = own;
        this.verdicts = new ShareVerdicts(session.vault());
    }

    /** Takes in what is there, and disputes what is not there in time. */
    void step(Campaign campaign) {
        final List<Contributor> contributors = session.events().contributors(campaign.round());
        if (contributors.stream().anyMatch(contributor -> of(campaign, contributor) == null)) {
            takeIn(campaign, contributors);
        }
        final Campaign.Deadlines deadlines = campaign.deadlines();
        final CampaignEvents events = session.events();
        if (events.head().time() < deadlines.dispute()) {
            contributors.forEach(contributor -> acknowledge(campaign, contributor));
        }
        if (events.settled().time() >= deadlines.dispute() && events.head().time() < deadlines.share()) {
            events.settledContributors(campaign.round()).stream()
                    .filter(contributor -> of(campaign, contributor) == null)
                    .forEach(contributor -> dispute(campaign, contributor));
        }
    }

    /** The shares that came, by account. */
    Map<BigInteger, VectorOpening> all(Campaign campaign, List<Contributor> contributors) {
        final Map<BigInteger, VectorOpening> shares = new HashMap<>();
        for (Contributor contributor : contributors) {
            final VectorOpening share = of(campaign, contributor);
            if (share != null) {
                shares.put(contributor.account(), share);
            }
        }
        return shares;
    }

    /** The share that opens the contribution's commitment, or null. */
    private VectorOpening of(Campaign campaign, Contributor contributor) {
        return session.secrets()
                .readOrNull(
                        name(campaign, contributor),
                        bytes -> VectorOpening.decode(bytes, campaign.terms().lk()));
    }

    private String name(Campaign campaign, Contributor contributor) {
        return Secrets.round(Secrets.AGGREGATIONS, campaign.id(), campaign.round()) + "/shares/"
                + Hex.of(Keccak256.hash(
                        Address.of(contributor.account()).toBytes(),
                        contributor.share(own).toBytes()));
    }

    private void takeIn(Campaign campaign, List<Contributor> contributors) {
        final int round = campaign.round();
        final List<Mailbox.Letter> letters = session.requireMailbox()
                .received(
                        session.round(round),
                        MessageKind.SHARE,
                        campaign.terms().lk(),
                        contributors.stream()
                                .map(contributor -> Address.of(contributor.account()))
                                .toList());
        for (Contributor contributor : contributors) {
            if (of(campaign, contributor) != null) {
                continue;
            }
            final Stream<Found> sealed = Stream.concat(
                            letters.stream()
                                    .filter(letter -> letter.context().sender().equals(contributor.account()))
                                    .map(letter -> new Found(letter.signed(), letter.payload())),
                            published(contributor, round))
                    .filter(found -> found.payload().isPresent());
            final Stream<Found> clear = session.events().revealed(round).stream()
                    .filter(revealed -> revealed.dispute().equals(about(contributor)))
                    .map(revealed ->
                            new Found(null, Optional.of(revealed.share().encode())));
            Stream.concat(sealed, clear)
                    .filter(found -> opens(campaign, contributor, found))
                    .findFirst()
                    .ifPresent(found -> accept(campaign, contributor, found));
        }
    }

    /** @param signed null if the share came in clear */
    private record Found(Mailbox.Signed signed, Optional<byte[]> payload) {}

    private CampaignEvents.Dispute about(Contributor contributor) {
        return new CampaignEvents.Dispute(Address.of(contributor.account()), own);
    }

    private Stream<Found> published(Contributor contributor, int round) {
        final MessageContext context = new MessageContext(
                session.round(round),
                MessageKind.SHARE,
                contributor.account(),
                session.account().toBigInteger());
        return session.events().published(round).stream()
                .filter(published -> published.aggregator() == own
                        && published.provider().equals(Address.of(contributor.account()))
                        && session.requireMailbox().isBy(context, published.share()))
                .map(published ->
                        new Found(published.share(), session.requireMailbox().open(context, published.share())));
    }

    private boolean opens(Campaign campaign, Contributor contributor, Found found) {
        try {
            return VectorOpening.decode(
                            found.payload().orElseThrow(), campaign.terms().lk())
                    .opens(contributor.share(own), session.committer());
        } catch (IllegalArgumentException e) {
            return false; // not the bytes of a share
        }
    }

    /** Keeps the share, in the vault on disk before anybody hears of it. */
    private void accept(Campaign campaign, Contributor contributor, Found found) {
        final String name = name(campaign, contributor);
        if (found.signed() != null) {
            session.secrets()
                    .store(name + "/envelope", Keccak256.hash(found.signed().envelope()));
        }
        session.secrets().store(name, found.payload().orElseThrow());
        session.vault().save();
        final Address provider = Address.of(contributor.account());
        session.tell(
                "share-accepted",
                campaign.round(),
                Console.object().put("provider", provider.toString()),
                "Round %d: the share of %s opens its commitment.",
                campaign.round(),
                provider);
    }

    /** Tells the provider that its share is here, unless it was disputed: only before disputes can begin. */
    private void acknowledge(Campaign campaign, Contributor contributor) {
        final Address provider = Address.of(contributor.account());
        final MessageContext context = session.to(provider, MessageKind.RECEIPT, campaign.round());
        final byte[] envelope = session.secrets().readOrNull(name(campaign, contributor) + "/envelope", byte[]::clone);
        if (envelope == null
                || acknowledged.contains(context)
                || !verdicts.acknowledge(session.round(campaign.round()), contributor)) {
            return;
        }
        session.events().seats().stream()
                .filter(seat -> seat.account().equals(provider))
                .findFirst()
                .flatMap(session::keysOf)
                .ifPresent(keys -> session.requireMailbox().send(context, envelope, keys));
        acknowledged.add(context);
    }

    /** Says on chain that there is no good share; not if these are other keys than those that it was to be encrypted to. */
    private void dispute(Campaign campaign, Contributor contributor) {
        final Address provider = Address.of(contributor.account());
        if (session.events().disputes(campaign.round()).contains(about(contributor))) {
            return;
        }
        if (!session.identity()
                .encryptionKeys()
                .open(session.events().aggregators().get(own).keys())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault's encryption keys are not those of aggregator " + (own + 1) + " of campaign "
                            + campaign.id()
                            + ": no share opens with them, and none may be disputed; use the vault that consented");
        }
        if (!verdicts.dispute(session.round(campaign.round()), contributor)) {
            if (told.add("lost " + campaign.round() + "/" + provider)) {
                session.console()
                        .warn("the vault has acknowledged the share of " + provider + " in round " + campaign.round()
                                + " and has it no more: it is not disputed, and the round cannot be averaged."
                                + " Restore the vault that has it");
            }
            return;
        }
        final Receipt receipt = session.rounds()
                .disputeShare(
                        session.sender(),
                        session.round(campaign.round()),
                        provider,
                        own,
                        session.signer()
                                .dispute(
                                        session.round(campaign.round()),
                                        provider,
                                        session.chain().tomorrow()));
        session.tell(
                "share-disputed",
                campaign.round(),
                receipt.writeTo(Console.object().put("provider", provider.toString())),
                "Round %d: %s sent no good share; disputed in transaction %s.",
                campaign.round(),
                provider,
                receipt.transactionHash());
    }
}
