package org.zkml.prover.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;

/** A provider's answers to disputes (docs/secure-averaging.md, "Disputes"): a share in clear only to an aggregator that lies, and never the last one. */
final class DisputeAnswers {

    private final CampaignSession session;
    private final SentShares sent;
    private final Set<String> told = new HashSet<>();

    DisputeAnswers(CampaignSession session, SentShares sent) {
        this.session = session;
        this.sent = sent;
    }

    /** Once no more disputes can come: answers those that must be lies, unless all aggregators dispute. */
    void step(
            Campaign campaign,
            Contributor contributor,
            List<VectorOpening> shares,
            Attempts attempts,
            ShareRelay relay) {
        final long now = session.events().head().time();
        if (now < campaign.deadlines().share() || now >= campaign.deadlines().answer()) {
            return;
        }
        final boolean last = isLast(campaign, shares);
        for (CampaignEvents.Dispute dispute : session.events().openDisputes(campaign.round())) {
            if (!dispute.provider().equals(session.account())) {
                continue;
            }
            if (last) {
                leaveOpen(
                        campaign,
                        dispute,
                        "all aggregators dispute, or have had their share shown: the last one is never shown");
            } else if (isLie(campaign, dispute)) {
                attempts.run(() -> reveal(campaign, contributor, dispute, shares, relay));
            } else {
                leaveOpen(
                        campaign,
                        dispute,
                        "there is no receipt, and the share was not seen on chain, final, before disputes began: the dispute may be honest,"
                                + " and a share in clear would give the model away");
            }
        }
    }

    /** Whether to show what is disputed would leave no share unknown: what was shown counts also where the chain has its dispute no more. */
    private boolean isLast(Campaign campaign, List<VectorOpening> shares) {
        final List<CampaignEvents.Dispute> disputes = session.events().disputes(campaign.round());
        return IntStream.range(0, shares.size())
                .allMatch(k -> disputes.contains(new CampaignEvents.Dispute(session.account(), k))
                        || sent.isShown(context(campaign, k), shares.get(k)));
    }

    private MessageContext context(Campaign campaign, int aggregator) {
        return session.to(
                session.events().aggregators().get(aggregator).account(), MessageKind.SHARE, campaign.round());
    }

    /** Whether the aggregator has signed for this very envelope, or had it on chain, final, before disputes began. */
    private boolean isLie(Campaign campaign, CampaignEvents.Dispute dispute) {
        final MessageContext context = context(campaign, dispute.aggregator());
        final Mailbox.Signed signed = sent.kept(context);
        return sent.isAcknowledged(context, signed) || sent.isPublishedInTime(context, signed);
    }

    private void reveal(
            Campaign campaign,
            Contributor contributor,
            CampaignEvents.Dispute dispute,
            List<VectorOpening> shares,
            ShareRelay relay) {
        final VectorOpening share = shares.get(dispute.aggregator());
        final ShareAnswer answer = ShareAnswer.of(
                session.round(campaign.round()), contributor, dispute.aggregator(), share, session.committer());
        sent.noteShown(context(campaign, dispute.aggregator()), share);
        final Receipt receipt = relay.reveal(session.round(campaign.round()), contributor, answer);
        session.tell(
                "dispute-answered",
                campaign.round(),
                receipt.writeTo(Console.object().put("aggregator", account(dispute))),
                "Round %d: aggregator %s disputes a share that it has; answered in transaction %s.",
                campaign.round(),
                account(dispute),
                receipt.transactionHash());
    }

    private void leaveOpen(Campaign campaign, CampaignEvents.Dispute dispute, String reason) {
        if (told.add(campaign.round() + "/" + dispute.aggregator())) {
            session.tell(
                    "dispute-left-open",
                    campaign.round(),
                    Console.object().put("aggregator", account(dispute)).put("reason", reason),
                    "Round %d: the dispute of aggregator %s is not answered (%s); the contribution will be excluded.",
                    campaign.round(),
                    account(dispute),
                    reason);
        }
    }

    private String account(CampaignEvents.Dispute dispute) {
        return session.events()
                .aggregators()
                .get(dispute.aggregator())
                .account()
                .toString();
    }
}
