package org.zkml.backend.contribution;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.Hex;
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
    private final Outbox outbox;
    private final RelayStatus status;

    ShareOutbox(MessageCheck check, Outbox outbox, RelayStatus status) {
        this.check = check;
        this.outbox = outbox;
        this.status = status;
    }

    /**
     * Takes a share in to be relayed. The same one again changes nothing.
     *
     * @param kind {@code PUBLISH} or {@code ANSWER}
     * @param content tells one share for this place from another
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws org.zkml.backend.chain.relay.MessageConflictException if another one has this place
     */
    public RelayedShare.Submitted accept(
            MessageKind kind, RelayedShare.Place place, byte[] content, Supplier<ContractCall> call) {
        final String resource = resource(kind, place);
        final String fingerprint = Hex.of(Keccak256.hash(content));
        final boolean known = QuarkusTransaction.requiringNew().call(() -> outbox.holds(resource, fingerprint));
        boolean created = false;
        if (!known) {
            final ContractCall encoded = call.get();
            check.require(encoded);
            created = QuarkusTransaction.requiringNew()
                    .call(() -> outbox.accept(new Outbox.Message(
                                    resource,
                                    fingerprint,
                                    place.provider(),
                                    kind,
                                    null,
                                    Campaign.isGranted(place.campaignId()),
                                    encoded))
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
