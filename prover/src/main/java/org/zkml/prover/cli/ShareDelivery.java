package org.zkml.prover.cli;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.hash.Keccak256;

/**
 * How a provider brings the shares of its contribution to the aggregators (docs/secure-averaging.md, "A round", steps 2 and 4): by the mailbox, and by the chain what nobody acknowledged.
 */
final class ShareDelivery {

    private final CampaignSession session;
    private final SentShares sent;
    private final DisputeAnswers answers;
    private final Set<MessageContext> left = new HashSet<>();
    private final Set<String> told = new HashSet<>();

    ShareDelivery(CampaignSession session) {
        this.session = session;
        this.sent = new SentShares(session);
        this.answers = new DisputeAnswers(session, sent);
    }

    /**
     * How many shares of the present round's contribution are where they should be.
     *
     * @param shares how many there are; 0 without a contribution
     */
    record Delivered(int shares, int sent, int acknowledged, int published) {}

    /** Sends the present round's contribution's shares, and looks for receipts: nothing that costs gas. */
    Delivered send(Campaign campaign) {
        final Optional<Contributor> contributor = contribution(campaign);
        if (contributor.isEmpty()) {
            return new Delivered(0, 0, 0, 0);
        }
        send(campaign, shares(campaign, contributor.get()));
        return delivered(campaign, session.events().aggregators());
    }

    /** Sends, publishes and answers what is due about the present round's contribution. */
    Delivered step(Campaign campaign) {
        final Optional<Contributor> contributor = contribution(campaign);
        if (contributor.isEmpty()) {
            return new Delivered(0, 0, 0, 0);
        }
        final List<VectorOpening> shares = shares(campaign, contributor.get());
        send(campaign, shares);
        final List<CampaignEvents.Recipient> aggregators = session.events().aggregators();
        for (int k = 0; k < aggregators.size(); k++) {
            publish(campaign, k, aggregators.get(k));
        }
        answers.step(campaign, contributor.get(), shares);
        session.events().refresh();
        return delivered(campaign, aggregators);
    }

    private void send(Campaign campaign, List<VectorOpening> shares) {
        final List<CampaignEvents.Recipient> aggregators = session.events().aggregators();
        for (int k = 0; k < shares.size(); k++) {
            send(campaign, aggregators.get(k), shares.get(k));
        }
        takeReceipts(campaign, aggregators);
    }

    private Optional<Contributor> contribution(Campaign campaign) {
        return session.events().contributors(campaign.round()).stream()
                .filter(one -> one.account().equals(session.account().toBigInteger()))
                .findFirst();
    }

    /** The contribution's shares, which the vault has kept since before it was sent. */
    private List<VectorOpening> shares(Campaign campaign, Contributor contributor) {
        final Seat seat = session.contract().seat(campaign.id(), session.account());
        final TrainedModels models =
                TrainedModels.ofCampaign(session.vault(), campaign.id(), campaign.round(), seat.datasetId());
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

    private MessageContext context(Campaign campaign, CampaignEvents.Recipient aggregator) {
        return session.to(aggregator.account(), MessageKind.SHARE, campaign.round());
    }

    private void send(Campaign campaign, CampaignEvents.Recipient aggregator, VectorOpening share) {
        final MessageContext context = context(campaign, aggregator);
        final Mailbox.Signed signed = sent.keep(context, share, aggregator.keys());
        if (!session.mailbox().hasServer() || sent.isAcknowledged(context, signed) || left.contains(context)) {
            return;
        }
        final Optional<Mailbox.Signed> there = session.mailbox().sent(context);
        if (there.isPresent() && !Arrays.equals(there.get().envelope(), signed.envelope())) {
            tellTaken(campaign, aggregator);
            return;
        }
        if (there.isPresent()) {
            left.add(context); // by an earlier run
            return;
        }
        session.mailbox().leave(context, signed);
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
    private void takeReceipts(Campaign campaign, List<CampaignEvents.Recipient> aggregators) {
        final List<CampaignEvents.Recipient> waiting = aggregators.stream()
                .filter(one -> !sent.isAcknowledged(context(campaign, one), sent.kept(context(campaign, one))))
                .toList();
        final long disputes = campaign.deadlines().dispute();
        if (!session.mailbox().hasServer()
                || waiting.isEmpty()
                || session.events().head().time() >= disputes) {
            return;
        }
        final List<Mailbox.Letter> receipts = session.mailbox()
                .received(
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

    /** Puts on chain, encrypted, what was not acknowledged by a quarter of the shares' window: so it is final before disputes begin. */
    private void publish(Campaign campaign, int place, CampaignEvents.Recipient aggregator) {
        final MessageContext context = context(campaign, aggregator);
        final Mailbox.Signed signed = sent.kept(context);
        final Campaign.Deadlines deadlines = campaign.deadlines();
        final long now = session.events().head().time();
        final boolean due =
                !session.mailbox().hasServer() || now >= (deadlines.contribution() + deadlines.dispute()) / 2;
        if (!due
                || now >= deadlines.share()
                || sent.isAcknowledged(context, signed)
                || sent.published(campaign.round(), place, signed).isPresent()) {
            return;
        }
        final Receipt receipt = session.rounds()
                .publishShare(session.sender(), session.round(campaign.round()), session.account(), place, signed);
        session.tell(
                "share-published",
                campaign.round(),
                receipt.writeTo(
                        Console.object().put("aggregator", aggregator.account().toString())),
                "Round %d: aggregator %s has not acknowledged its share; published, encrypted, in transaction %s.",
                campaign.round(),
                aggregator.account(),
                receipt.transactionHash());
    }

    private Delivered delivered(Campaign campaign, List<CampaignEvents.Recipient> aggregators) {
        int acknowledged = 0;
        int published = 0;
        for (int k = 0; k < aggregators.size(); k++) {
            final MessageContext context = context(campaign, aggregators.get(k));
            final Mailbox.Signed signed = sent.kept(context);
            acknowledged += sent.isAcknowledged(context, signed) ? 1 : 0;
            published += sent.published(campaign.round(), k, signed).isPresent() ? 1 : 0;
        }
        return new Delivered(aggregators.size(), left.size(), acknowledged, published);
    }
}
