package org.zkml.prover.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.hash.Keccak256;

/**
 * How a provider brings the shares of its contribution to the aggregators (docs/secure-averaging.md, "A round", steps 2 and 4): by the mailbox, and by the chain what nobody acknowledged. A
 * server that fails holds up nothing but its own part. An aggregator that has the seat itself needs no message: the share is in its vault.
 */
final class ShareDelivery {

    /** What of it is shown before it leaves. */
    static final String SENT =
            "shares       encrypted, one an aggregator: they say nothing unless all are put together";

    /** As {@link #SENT}; what goes on chain as well. */
    static final List<String> BROUGHT = List.of(
            SENT,
            "             on chain, encrypted, those that nobody acknowledges",
            "in clear     a share that its aggregator disputes though it has it, on chain; never the last one");

    private final CampaignSession session;
    private final ContributedShares contributed;
    private final SentShares sent;
    private final SharePublication publication;
    private final DisputeAnswers answers;
    private final Supplier<ShareRelay> relays;
    private final Set<MessageContext> left = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    /** @param relays one a step: the server's part of it has so long and no longer */
    ShareDelivery(CampaignSession session, Supplier<ShareRelay> relays) {
        this.session = session;
        this.contributed = new ContributedShares(session);
        this.sent = new SentShares(session);
        this.publication = new SharePublication(session, sent);
        this.answers = new DisputeAnswers(session, sent);
        this.relays = relays;
    }

    /**
     * How many shares of the present round's contribution are where they should be.
     *
     * @param shares how many there are; 0 without a contribution
     * @param acknowledged by aggregators, this account included
     * @param published on chain, in any block
     * @param settled published, and noted as final before disputes began
     */
    record Delivered(int shares, int sent, int acknowledged, int published, int settled) {

        static final Delivered NONE = new Delivered(0, 0, 0, 0, 0);
    }

    /** Sends the present round's contribution's shares, and looks for receipts: nothing that costs gas. */
    Delivered send(Campaign campaign) {
        final Optional<Contributor> contributor = contributed.contribution(campaign);
        if (contributor.isEmpty()) {
            return Delivered.NONE;
        }
        seal(campaign, contributed.of(campaign, contributor.get()));
        final Attempts attempts = new Attempts();
        exchange(campaign, attempts);
        attempts.end();
        return delivered(campaign);
    }

    /** Sends, publishes and answers what is due about the present round's contribution. */
    Delivered step(Campaign campaign) {
        final Optional<Contributor> contributor = contributed.contribution(campaign);
        if (contributor.isEmpty()) {
            return Delivered.NONE;
        }
        final List<VectorOpening> shares = contributed.of(campaign, contributor.get());
        seal(campaign, shares);
        final Attempts attempts = new Attempts();
        exchange(campaign, attempts);
        attempts.run(session.events()::refresh); // the server may have taken its time
        final ShareRelay relay = relays.get();
        attempts.run(() -> publication.step(campaign, attempts, relay));
        attempts.run(() -> answers.step(campaign, contributor.get(), shares, attempts, relay));
        attempts.end();
        return delivered(campaign);
    }

    /** Envelopes first: what the chain brings must not wait for the mailbox. */
    private void seal(Campaign campaign, List<VectorOpening> shares) {
        final List<CampaignEvents.Recipient> aggregators = session.events().aggregators();
        for (int k = 0; k < shares.size(); k++) {
            sent.keep(
                    context(campaign, aggregators.get(k)),
                    shares.get(k),
                    aggregators.get(k).keys());
        }
    }

    /** Each aggregator by itself, and receipts last: before anything is published for want of them. All together in bounded time. */
    private void exchange(Campaign campaign, Attempts attempts) {
        if (!session.mailbox().hasServer()) {
            return;
        }
        final Mailbox mailbox = session.mailbox().within(Mailbox.EXCHANGE);
        final List<CampaignEvents.Recipient> aggregators = session.events().aggregators();
        aggregators.forEach(aggregator -> attempts.run(() -> send(campaign, aggregator, mailbox)));
        attempts.run(() -> takeReceipts(campaign, aggregators, mailbox));
    }

    private MessageContext context(Campaign campaign, CampaignEvents.Recipient aggregator) {
        return session.to(aggregator.account(), MessageKind.SHARE, campaign.round());
    }

    private void send(Campaign campaign, CampaignEvents.Recipient aggregator, Mailbox mailbox) {
        final MessageContext context = context(campaign, aggregator);
        final Mailbox.Signed signed = sent.kept(context);
        final boolean toItself = aggregator.account().equals(session.account()); // which no mailbox takes
        if (toItself || sent.isAcknowledged(context, signed) || left.contains(context)) {
            return;
        }
        final Optional<Mailbox.Signed> there = mailbox.sent(context);
        if (there.isPresent() && !Arrays.equals(there.get().envelope(), signed.envelope())) {
            tellTaken(campaign, aggregator);
            return;
        }
        if (there.isPresent()) {
            left.add(context); // by an earlier run
            return;
        }
        mailbox.leave(context, signed);
        left.add(context);
        session.tell(
                "share-sent",
                campaign.round(),
                Console.object().put("aggregator", aggregator.account().toString()),
                "Round %d: share sent to aggregator %s.",
                campaign.round(),
                aggregator.account());
    }

    /** One of an earlier vault, perhaps: there is one message of a kind, so this share goes by the chain. */
    private void tellTaken(Campaign campaign, CampaignEvents.Recipient aggregator) {
        if (told.add("taken " + campaign.round() + "/" + aggregator.account())) {
            session.console()
                    .warn("the mailbox has another share of this account for aggregator " + aggregator.account()
                            + " in round " + campaign.round() + ", which the vault knows nothing of;"
                            + " the right one will be published on chain, encrypted");
        }
    }

    /** Keeps the receipts that are here before disputes begin: a later one might be for what its sender has disputed in good faith. */
    private void takeReceipts(Campaign campaign, List<CampaignEvents.Recipient> aggregators, Mailbox mailbox) {
        final List<CampaignEvents.Recipient> waiting = aggregators.stream()
                .filter(one -> !sent.isAcknowledged(context(campaign, one), sent.kept(context(campaign, one))))
                .toList();
        final long disputes = campaign.deadlines().dispute();
        if (waiting.isEmpty() || session.events().head().time() >= disputes) {
            return;
        }
        final List<Mailbox.Letter> receipts = mailbox.received(
                session.round(campaign.round()),
                MessageKind.RECEIPT,
                campaign.terms().lk(),
                waiting.stream().map(CampaignEvents.Recipient::account).toList());
        if (session.chain().latest().time() >= disputes) {
            return;
        }
        for (Mailbox.Letter letter : receipts) {
            for (CampaignEvents.Recipient aggregator : waiting) {
                final MessageContext context = context(campaign, aggregator);
                final byte[] hash = Keccak256.hash(sent.kept(context).envelope());
                if (letter.context().sender().equals(aggregator.account().toBigInteger())
                        && letter.payload()
                                .filter(payload -> Arrays.equals(payload, hash))
                                .isPresent()) {
                    sent.acknowledge(context, letter);
                    session.tell(
                            "share-acknowledged",
                            campaign.round(),
                            Console.object()
                                    .put("aggregator", aggregator.account().toString()),
                            "Round %d: aggregator %s has its share.",
                            campaign.round(),
                            aggregator.account());
                }
            }
        }
    }

    private Delivered delivered(Campaign campaign) {
        final List<CampaignEvents.Recipient> aggregators = session.events().aggregators();
        int acknowledged = 0;
        int published = 0;
        int settled = 0;
        for (int k = 0; k < aggregators.size(); k++) {
            final MessageContext context = context(campaign, aggregators.get(k));
            final Mailbox.Signed signed = sent.kept(context);
            acknowledged += sent.isAcknowledged(context, signed) ? 1 : 0;
            published += sent.published(campaign.round(), k, signed).isPresent() ? 1 : 0;
            settled += sent.isPublishedInTime(context, signed) ? 1 : 0;
        }
        return new Delivered(aggregators.size(), left.size(), acknowledged, published, settled);
    }
}
