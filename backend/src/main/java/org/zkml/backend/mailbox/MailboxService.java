package org.zkml.backend.mailbox;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.Signatures;
import org.zkml.backend.chain.relay.MessageConflictException;
import org.zkml.prover.envelope.MailboxDigests;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.RoundId;

/** Takes envelopes in that an account of a campaign has signed for another, and gives them to that one and to their sender. */
@ApplicationScoped
public class MailboxService {

    private static final Logger LOG = Logger.getLogger(MailboxService.class);
    /** Largest sum of the envelopes of a page, in bytes. */
    private static final int PAGE_BYTES = 2 * 1024 * 1024;

    private final Chain chain;
    private final Signatures signatures;
    private final MailboxRules rules;
    private final ReadingPermits permits;
    private final EntityManager entities;
    private final Clock clock = Clock.systemUTC();

    MailboxService(
            Chain chain, Signatures signatures, MailboxRules rules, ReadingPermits permits, EntityManager entities) {
        this.chain = chain;
        this.signatures = signatures;
        this.rules = rules;
        this.permits = permits;
        this.entities = entities;
    }

    /** A message as it comes in; accounts in lower case. */
    public record Letter(
            BigInteger campaignId,
            int round,
            MessageKind kind,
            String sender,
            String recipient,
            byte[] envelope,
            byte[] signature) {

        MessageContext context(Deployment deployment) {
            final RoundId id = new RoundId(deployment.chainId(), integer(deployment.campaigns()), campaignId, round);
            return new MessageContext(id, kind, integer(sender), integer(recipient));
        }
    }

    /** @param created whether it was not there before */
    public record Stored(MailboxMessage message, boolean created) {}

    /**
     * Which messages to show.
     *
     * @param round -1 for all
     * @param after those with higher numbers
     */
    public record Selection(int round, Set<MessageKind> kinds, long after, int limit) {}

    /** @param complete whether there is none after these */
    public record Messages(List<MailboxMessage> items, boolean complete) {}

    /**
     * Takes a message in. The same envelope again changes nothing.
     *
     * @return nothing if there is no such campaign
     * @throws NotInCampaignException if sender or recipient have not the parts that it needs
     * @throws EnvelopeSizeException if it has another size than all of its kind
     * @throws org.zkml.backend.chain.SignatureRejectedException if the sender has not signed it
     * @throws MessageConflictException if another one has its place
     * @throws MailboxFullException if there is no more room
     */
    public Optional<Stored> send(Letter letter) {
        final Optional<Campaign> campaign =
                QuarkusTransaction.requiringNew().call(() -> Campaign.of(letter.campaignId()));
        if (campaign.isEmpty()) {
            return Optional.empty();
        }
        QuarkusTransaction.requiringNew().run(() -> rules.require(campaign.get(), letter));
        final MessageContext context = letter.context(chain.deployment());
        signatures.requireSigned(
                letter.sender(), MailboxDigests.message(context, letter.envelope()), letter.signature());
        final String id = Hex.of(context.place());
        final Stored stored = QuarkusTransaction.requiringNew().call(() -> store(id, letter));
        if (stored.created()) {
            LOG.infof(
                    "message stored: campaign=%s round=%d kind=%s sender=%s recipient=%s bytes=%d",
                    letter.campaignId(),
                    letter.round(),
                    letter.kind().id(),
                    letter.sender(),
                    letter.recipient(),
                    letter.envelope().length);
        }
        return Optional.of(stored);
    }

    private Stored store(String id, Letter letter) {
        final boolean created = insert(id, letter);
        final MailboxMessage message = MailboxMessage.of(id).orElseThrow();
        if (!Arrays.equals(message.envelope, letter.envelope())) {
            throw new MessageConflictException("message/" + letter.campaignId() + "/" + message.id);
        }
        if (created) {
            rules.requireRoom(message, clock.instant());
        } else {
            message.signature = letter.signature(); // a wallet's earlier one may be good no longer
        }
        return new Stored(message, created);
    }

    private boolean insert(String id, Letter letter) {
        return entities.createNativeQuery(
                                "insert into mailbox_message (id, campaign_id, round, kind, sender, recipient,"
                                        + " envelope, envelope_bytes, signature, received_at) values (:id, :campaign, :round, :kind,"
                                        + " :sender, :recipient, :envelope, :bytes, :signature, :now) on conflict do nothing")
                        .setParameter("id", id)
                        .setParameter("campaign", letter.campaignId())
                        .setParameter("round", letter.round())
                        .setParameter("kind", letter.kind().name())
                        .setParameter("sender", letter.sender())
                        .setParameter("recipient", letter.recipient())
                        .setParameter("envelope", letter.envelope())
                        .setParameter("bytes", letter.envelope().length)
                        .setParameter("signature", letter.signature())
                        .setParameter("now", clock.instant())
                        .executeUpdate()
                == 1;
    }

    /**
     * Messages to the account that permits it, in the order of their numbers.
     *
     * @return nothing if there is no such campaign
     * @throws NotInCampaignException if the account has no part in it
     * @throws org.zkml.backend.chain.SignatureRejectedException if the account does not permit it, or no longer
     */
    public Optional<Messages> received(BigInteger campaignId, ReadingPermit permit, Selection selection) {
        return permitted(campaignId, permit)
                .map(campaign -> QuarkusTransaction.requiringNew()
                        .call(() ->
                                page(campaignId, permit.account(), selection, fitting(campaign, selection.limit()))));
    }

    /** A message that the account has sent or received; nothing if there is none. Refusals are those of {@link #received}. */
    public Optional<MailboxMessage> get(BigInteger campaignId, String id, ReadingPermit permit) {
        return permitted(campaignId, permit)
                .flatMap(campaign -> QuarkusTransaction.requiringNew()
                        .call(() -> MailboxMessage.of(id)
                                .filter(message -> message.campaignId.equals(campaignId)
                                        && (message.sender.equals(permit.account())
                                                || message.recipient.equals(permit.account())))));
    }

    private Optional<Campaign> permitted(BigInteger campaignId, ReadingPermit permit) {
        final Optional<Campaign> campaign = QuarkusTransaction.requiringNew().call(() -> Campaign.of(campaignId));
        campaign.ifPresent(found -> {
            QuarkusTransaction.requiringNew().run(() -> rules.requirePart(found, permit.account()));
            permits.require(campaignId, permit);
        });
        return campaign;
    }

    private static int fitting(Campaign campaign, int limit) {
        long largest = 0;
        for (MessageKind kind : MessageKind.values()) {
            largest = Math.max(largest, kind.payloadBytes(campaign.terms().lk()));
        }
        return Math.clamp(PAGE_BYTES / largest, 1, limit);
    }

    private static Messages page(BigInteger campaignId, String account, Selection selection, int size) {
        final List<MailboxMessage> found = MailboxMessage.find(
                        "campaignId = ?1 and recipient = ?2 and number > ?3 and (?4 = -1 or round = ?4) and kind in ?5"
                                + " order by number",
                        campaignId,
                        account,
                        selection.after(),
                        selection.round(),
                        selection.kinds())
                .page(Page.ofSize(size + 1))
                .list();
        return new Messages(found.subList(0, Math.min(size, found.size())), found.size() <= size);
    }

    static BigInteger integer(String address) {
        return new BigInteger(address.substring(2), 16);
    }
}
