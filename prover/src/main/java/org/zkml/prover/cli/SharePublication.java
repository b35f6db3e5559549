package org.zkml.prover.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Pending;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;

/** How a provider puts on chain, encrypted, the shares that nobody acknowledged (docs/secure-averaging.md, "A round", step 4). */
final class SharePublication {

    /** The part of the time before disputes begin that aggregators have for receipts: the rest is for blocks to become final. */
    private static final int PART = 4;

    private final CampaignSession session;
    private final SentShares sent;

    SharePublication(CampaignSession session, SentShares sent) {
        this.session = session;
        this.sent = sent;
    }

    /** Publishes what is due, all at once, then waits for it; what is final before disputes begin is noted. */
    void step(Campaign campaign, Attempts attempts, ShareRelay relay) {
        final List<CampaignEvents.Recipient> aggregators = session.events().aggregators();
        note(campaign, aggregators); // what was published before does not wait for what is now
        final Map<CampaignEvents.Recipient, Pending> under = new LinkedHashMap<>();
        for (int k = 0; k < aggregators.size(); k++) {
            final int place = k;
            final CampaignEvents.Recipient aggregator = aggregators.get(k);
            if (isDue(campaign, place, aggregator)) {
                attempts.run(() -> under.put(aggregator, publish(campaign, place, aggregator, relay)));
            }
        }
        under.forEach((aggregator, pending) -> attempts.run(() -> tell(campaign, aggregator, pending.await())));
        attempts.run(() -> {
            session.events().refresh();
            note(campaign, aggregators);
        });
    }

    /** Not acknowledged by an eighth of the shares' window: so it is final before disputes begin. */
    private boolean isDue(Campaign campaign, int place, CampaignEvents.Recipient aggregator) {
        final MessageContext context = context(campaign, aggregator);
        final Mailbox.Signed signed = sent.kept(context);
        final Campaign.Deadlines deadlines = campaign.deadlines();
        final long now = session.events().head().time();
        final long due = deadlines.contribution() + (deadlines.dispute() - deadlines.contribution()) / PART;
        return (!session.mailbox().hasServer() || now >= due)
                && now < deadlines.share()
                && !sent.isAcknowledged(context, signed)
                && sent.published(campaign.round(), place, signed).isEmpty();
    }

    private Pending publish(Campaign campaign, int place, CampaignEvents.Recipient aggregator, ShareRelay relay) {
        final MessageContext context = context(campaign, aggregator);
        return relay.publish(context, place, sent.kept(context));
    }

    /**
     * Notes which publications are final while disputes have not begun. Later nobody could tell by the deadlines: a pause moves them on, and what came too late would look as if it had been there in time.
     */
    private void note(Campaign campaign, List<CampaignEvents.Recipient> aggregators) {
        final CampaignEvents events = session.events();
        if (events.head().time() >= campaign.deadlines().dispute()) {
            return;
        }
        for (int k = 0; k < aggregators.size(); k++) {
            final MessageContext context = context(campaign, aggregators.get(k));
            final Mailbox.Signed signed = sent.kept(context);
            sent.published(campaign.round(), k, signed)
                    .filter(one -> one.block() <= events.settled().number())
                    .ifPresent(one -> sent.notePublished(context, signed));
        }
    }

    private MessageContext context(Campaign campaign, CampaignEvents.Recipient aggregator) {
        return session.to(aggregator.account(), MessageKind.SHARE, campaign.round());
    }

    private void tell(Campaign campaign, CampaignEvents.Recipient aggregator, Receipt receipt) {
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
}
