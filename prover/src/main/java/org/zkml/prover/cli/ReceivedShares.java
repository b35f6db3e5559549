package org.zkml.prover.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 * An aggregator's shares of a round's contributions (docs/secure-averaging.md, "A round", steps 3 and 5): taken from chain and mailbox, checked, kept in the vault until the round's end is final,
 * acknowledged; or disputed, whatever the mailbox's server does.
 */
final class ReceivedShares {

    private final CampaignSession session;
    private final int own;
    private final ShareVerdicts verdicts;
    private final FoundShares found;
    private final MissingShares missing;
    private final Set<MessageContext> acknowledged = new HashSet<>();
    private int dropped;

    /** @param own the aggregator's place, from 0 */
    ReceivedShares(CampaignSession session, int own) {
        this.session = session;
        this.own = own;
        this.verdicts = new ShareVerdicts(session.vault());
        this.found = new FoundShares(session, own);
        this.missing = new MissingShares(session, own, verdicts);
    }

    /** Takes in what is there, and disputes what is not there in time. */
    void step(Campaign campaign, Attempts attempts) {
        final CampaignEvents events = session.events();
        final List<Contributor> unread = new ArrayList<>();
        for (Contributor contributor : events.contributors(campaign.round())) {
            if (of(campaign, contributor) == null
                    && !attempts.run(() -> takeIn(campaign, contributor, found.withoutServer(campaign, contributor)))) {
                unread.add(contributor);
            }
        }
        attempts.run(() -> takeInLetters(campaign));
        final Campaign.Deadlines deadlines = campaign.deadlines();
        if (events.head().time() < deadlines.dispute()) {
            final Mailbox mailbox = session.requireMailbox().within(Mailbox.EXCHANGE);
            events.contributors(campaign.round())
                    .forEach(contributor -> attempts.run(() -> acknowledge(campaign, contributor, mailbox)));
        }
        if (events.settled().time() >= deadlines.dispute() && events.head().time() < deadlines.share()) {
            final List<Contributor> without = events.settledContributors(campaign.round()).stream()
                    .filter(contributor -> of(campaign, contributor) == null && !unread.contains(contributor))
                    .toList();
            missing.dispute(campaign, without, attempts);
        }
        attempts.run(this::drop);
    }

    /** Forgets the shares of rounds whose average, or lapse, is final: nothing needs them, and they could only get lost. */
    void drop() {
        final long settled = session.events().settled().number();
        final long averaged = session.events().averages().stream()
                .filter(average -> average.block() <= settled)
                .count();
        final long over = session.events().isEndSettled() ? averaged + 1 : averaged; // the last round may have lapsed
        boolean changed = false;
        while (dropped < over) {
            final String prefix = Secrets.round(Secrets.AGGREGATIONS, session.round(dropped)) + "/shares/";
            for (String name : session.vault().names()) {
                if (name.startsWith(prefix)) {
                    session.vault().remove(name);
                    changed = true;
                }
            }
            dropped++;
        }
        if (changed) {
            session.vault().save();
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
        return Secrets.round(Secrets.AGGREGATIONS, session.round(campaign.round())) + "/shares/"
                + Hex.of(Keccak256.hash(
                        Address.of(contributor.account()).toBytes(),
                        contributor.share(own).toBytes()));
    }

    /** The first good one of what was found. */
    private void takeIn(Campaign campaign, Contributor contributor, Stream<FoundShares.Found> offered) {
        offered.filter(one -> opens(campaign, contributor, one))
                .findFirst()
                .ifPresent(one -> accept(campaign, contributor, one));
    }

    private void takeInLetters(Campaign campaign) {
        final List<Contributor> without = session.events().contributors(campaign.round()).stream()
                .filter(contributor -> of(campaign, contributor) == null)
                .toList();
        if (without.isEmpty()) {
            return;
        }
        final List<Mailbox.Letter> letters = found.letters(campaign, without);
        without.forEach(contributor -> takeIn(campaign, contributor, FoundShares.among(letters, contributor)));
    }

    private boolean opens(Campaign campaign, Contributor contributor, FoundShares.Found found) {
        try {
            return VectorOpening.decode(found.payload(), campaign.terms().lk())
                    .opens(contributor.share(own), session.committer());
        } catch (IllegalArgumentException e) {
            return false; // not the bytes of a share
        }
    }

    /** Keeps the share, in the vault on disk before anybody hears of it. */
    private void accept(Campaign campaign, Contributor contributor, FoundShares.Found found) {
        final String name = name(campaign, contributor);
        if (found.signed() != null) {
            session.secrets()
                    .store(name + "/envelope", Keccak256.hash(found.signed().envelope()));
        }
        session.secrets().store(name, found.payload());
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
    private void acknowledge(Campaign campaign, Contributor contributor, Mailbox mailbox) {
        final Address provider = Address.of(contributor.account());
        final MessageContext context = session.to(provider, MessageKind.RECEIPT, campaign.round());
        final byte[] envelope = session.secrets().readOrNull(name(campaign, contributor) + "/envelope", byte[]::clone);
        if (envelope == null
                || provider.equals(session.account()) // whose other vault publishes it
                || acknowledged.contains(context)
                || session.chain().latest().time()
                        >= campaign.deadlines().dispute() // the others before it took their time
                || !verdicts.acknowledge(session.round(campaign.round()), contributor)) {
            return;
        }
        session.events().seats().stream()
                .filter(seat -> seat.account().equals(provider))
                .findFirst()
                .flatMap(session::keysOf)
                .ifPresent(keys -> mailbox.send(context, envelope, keys));
        acknowledged.add(context);
    }
}
