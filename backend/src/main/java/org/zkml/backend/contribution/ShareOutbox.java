package org.zkml.backend.contribution;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.RelayRules;
import org.zkml.backend.chain.relay.MessageCheck;
import org.zkml.backend.chain.relay.MessageKind;
import org.zkml.backend.chain.relay.Outbox;
import org.zkml.backend.chain.relay.RelayStatus;
import org.zkml.prover.hash.Keccak256;

/** Shares on their way to the chain: of each one publication, and one answer. */
@ApplicationScoped
public class ShareOutbox {

    private static final Logger LOG = Logger.getLogger(ShareOutbox.class);

    private final MessageCheck check;
    private final RelayRules rules;
    private final Outbox outbox;
    private final RelayStatus status;

    ShareOutbox(MessageCheck check, RelayRules rules, Outbox outbox, RelayStatus status) {
        this.check = check;
        this.rules = rules;
        this.outbox = outbox;
        this.status = status;
    }

    /**
     * What is to be sent, and until when.
     *
     * @param end Unix second from which on the contract refuses it
     */
    public record Due(ContractCall call, Instant end) {}

    /**
     * Takes a share in to be relayed. The same one again changes nothing.
     *
     * @param kind {@code PUBLISH} or {@code ANSWER}
     * @param content tells one share for this place from another
     * @param due asked for only if it is not known yet: it may say what is wrong with it
     * @throws org.zkml.backend.chain.NotRelayedException if there is too little time left for it
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws org.zkml.backend.chain.relay.MessageConflictException if another one has this place
     */
    public RelayedShare.Submitted accept(
            MessageKind kind, RelayedShare.Place place, byte[] content, Supplier<Due> due) {
        final String resource = resource(kind, place);
        final String fingerprint = Hex.of(Keccak256.hash(content));
        final boolean known = QuarkusTransaction.requiringNew().call(() -> outbox.holds(resource, fingerprint));
        boolean created = false;
        if (!known) {
            final Due found = due.get();
            final BigInteger deadline = BigInteger.valueOf(found.end().getEpochSecond() - 1);
            rules.require(deadline);
            check.require(found.call());
            created = QuarkusTransaction.requiringNew()
                    .call(() -> outbox.accept(new Outbox.Message(
                                    resource,
                                    fingerprint,
                                    place.provider(),
                                    kind,
                                    deadline,
                                    Campaign.isGranted(place.campaignId()),
                                    found.call()))
                            .created());
        }
        if (created) {
            LOG.infof("share accepted: resource=%s bytes=%d", resource, content.length);
        }
        return new RelayedShare.Submitted(get(kind, place).orElseThrow(), created);
    }

    /** Where the last one for this place stands that was sent from here. */
    public Optional<RelayedShare> get(MessageKind kind, RelayedShare.Place place) {
        final String resource = resource(kind, place);
        final String id = Hex.of(Keccak256.hash(resource.getBytes(StandardCharsets.US_ASCII)));
        return QuarkusTransaction.requiringNew()
                .call(() -> status.ofTransaction(resource, id).map(relayed -> new RelayedShare(relayed, place)));
    }

    private static String resource(MessageKind kind, RelayedShare.Place place) {
        return String.join(
                "/",
                kind.name().toLowerCase(Locale.ROOT),
                place.campaignId().toString(),
                Integer.toString(place.round()),
                place.provider(),
                Integer.toString(place.aggregator()));
    }
}
