package org.zkml.backend.mailbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.campaign.CampaignState;
import org.zkml.backend.campaign.MarketClock;
import org.zkml.backend.campaign.Seat;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.MessageKind;

/** Who may write to whom, what, and how much. Part of the caller's transaction. */
@ApplicationScoped
class MailboxRules {

    private static final Duration DAY = Duration.ofDays(1);

    private final MailboxConfig config;
    private final MarketClock clock;

    MailboxRules(MailboxConfig config, MarketClock clock) {
        this.config = config;
        this.clock = clock;
    }

    /**
     * Each place is taken once, and only those of the present round can be while rounds go on: so what a campaign's accounts can leave is bounded.
     *
     * @throws NotInCampaignException if the campaign is not running, there is no such round, it is not the present one, or sender or recipient have not the parts that the kind needs
     * @throws EnvelopeSizeException if the envelope has another size
     */
    void require(Campaign campaign, MailboxService.Letter letter) {
        final int rounds = campaign.terms().rounds();
        if (letter.round() >= rounds) {
            throw NotInCampaignException.noSuchRound(letter.round(), rounds, campaign.id);
        }
        if (letter.sender().equals(letter.recipient())) {
            throw NotInCampaignException.toItself(letter.sender());
        }
        final MessageKind kind = letter.kind();
        final boolean handedOver = kind == MessageKind.MODEL && letter.round() == campaign.round - 1;
        if (letter.round() != campaign.round && !handedOver) {
            throw NotInCampaignException.anotherRound(kind, letter.round(), campaign.round, campaign.id);
        }
        final CampaignState state = campaign.state(clock.now().clock());
        if (state != CampaignState.RUNNING && !(handedOver && state == CampaignState.FINISHED)) {
            throw NotInCampaignException.notRunning(kind, state, campaign.id);
        }
        switch (kind) {
            case SHARE -> {
                requireSeat(campaign, letter.sender(), kind);
                requireAggregator(campaign, letter.recipient(), kind);
            }
            case RECEIPT, MODEL -> {
                requireAggregator(campaign, letter.sender(), kind);
                requireSeat(campaign, letter.recipient(), kind);
            }
            case PARTIAL_SUM, CLOSING -> {
                requireAggregator(campaign, letter.sender(), kind);
                requireAggregator(campaign, letter.recipient(), kind);
            }
        }
        final long expected =
                Envelope.sizeBytes(kind.payloadBytes(campaign.terms().lk()));
        if (letter.envelope().length != expected) {
            throw new EnvelopeSizeException(kind, letter.envelope().length, expected);
        }
    }

    /** @throws NotInCampaignException if the account is neither aggregator nor provider */
    void requirePart(Campaign campaign, String account) {
        if (!isAggregator(campaign, account) && !hasSeat(campaign, account)) {
            throw NotInCampaignException.stranger(account, campaign.id);
        }
    }

    /**
     * Whether a message that has just been stored may stay.
     *
     * @throws MailboxFullException if the account has had its share of the day, or all the room that it has in the round and the one before
     */
    void requireRoom(MailboxMessage stored, Instant now) {
        final long today = MailboxMessage.count("sender = ?1 and receivedAt > ?2", stored.sender, now.minus(DAY));
        if (today > config.dailyPerAccount()) {
            throw new MailboxFullException(
                    config.dailyPerAccount() + " messages of " + stored.sender + " were taken in the last 24 hours");
        }
        final Number bytes = (Number) MailboxMessage.getEntityManager()
                .createNativeQuery(
                        "select sum(cast(envelope_bytes + octet_length(signature) as bigint))"
                                + " from mailbox_message where campaign_id = :campaign and sender = :sender and round between :round - 1 and :round")
                .setParameter("round", stored.round)
                .setParameter("campaign", stored.campaignId)
                .setParameter("sender", stored.sender)
                .getSingleResult();
        if (bytes.longValue() > config.senderBytes()) {
            throw new MailboxFullException("the messages of " + stored.sender + " in rounds " + (stored.round - 1)
                    + " and " + stored.round
                    + " of campaign " + stored.campaignId + " would take " + bytes + " bytes, and an account has "
                    + config.senderBytes() + " for these (zkml.mailbox.sender-bytes)");
        }
    }

    private static void requireSeat(Campaign campaign, String account, MessageKind kind) {
        if (!hasSeat(campaign, account)) {
            throw NotInCampaignException.part(account, "a provider with a seat", kind, campaign.id);
        }
    }

    private static void requireAggregator(Campaign campaign, String account, MessageKind kind) {
        if (!isAggregator(campaign, account)) {
            throw NotInCampaignException.part(account, "an aggregator", kind, campaign.id);
        }
    }

    private static boolean isAggregator(Campaign campaign, String account) {
        return campaign.aggregatorAccounts().contains(account);
    }

    private static boolean hasSeat(Campaign campaign, String account) {
        return Seat.of(campaign.id, account).isPresent();
    }
}
