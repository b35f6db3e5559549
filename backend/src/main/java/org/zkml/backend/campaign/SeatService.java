package org.zkml.backend.campaign;

import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.chain.Authorization;
import org.zkml.backend.chain.Chain;
import org.zkml.backend.chain.ContractCall;
import org.zkml.backend.chain.Deployment;
import org.zkml.backend.chain.Hex;
import org.zkml.backend.chain.MarketContracts;
import org.zkml.backend.chain.SeatRequest;
import org.zkml.backend.chain.Signatures;
import org.zkml.backend.chain.TypedMessages;
import org.zkml.backend.chain.relay.MessageCheck;
import org.zkml.backend.chain.relay.MessageConflictException;
import org.zkml.backend.chain.relay.MessageKind;
import org.zkml.backend.chain.relay.Outbox;
import org.zkml.backend.chain.relay.RelayStatus;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.verification.StatementMismatchException;
import org.zkml.prover.hash.Keccak256;

/** Takes seats for providers. */
@ApplicationScoped
public class SeatService {

    private static final Logger LOG = Logger.getLogger(SeatService.class);

    private final Chain chain;
    private final MarketContracts contracts;
    private final Signatures signatures;
    private final MessageCheck check;
    private final Outbox outbox;
    private final RelayStatus status;

    SeatService(
            Chain chain,
            MarketContracts contracts,
            Signatures signatures,
            MessageCheck check,
            Outbox outbox,
            RelayStatus status) {
        this.chain = chain;
        this.contracts = contracts;
        this.signatures = signatures;
        this.check = check;
        this.outbox = outbox;
        this.status = status;
    }

    /**
     * @param relayed where the joining stands
     * @param campaignId the campaign
     * @param provider who joins
     * @param seat null until the chain has it
     */
    public record View(Relayed relayed, BigInteger campaignId, String provider, Seat seat) {}

    /** @param created whether the message is new, or tried again after a failure */
    public record Submitted(View view, boolean created) {}

    /**
     * Checks a request for a seat and takes it in to be relayed. The same one again changes nothing.
     *
     * @param provider who says that it signed
     * @throws StatementMismatchException if the data set is another's
     * @throws org.zkml.backend.chain.NotRelayedException if the server does not pay for the provider's messages
     * @throws org.zkml.backend.chain.SignatureRejectedException if the provider has not signed it
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws MessageConflictException if the provider has, or asked for, another seat in the campaign
     */
    public Submitted join(String provider, SeatRequest request, Authorization authorization) {
        final String fingerprint = fingerprint(request);
        final Optional<View> known =
                QuarkusTransaction.requiringNew().call(() -> known(request, provider, fingerprint));
        if (known.isPresent()) {
            return new Submitted(known.get(), false);
        }
        final Deployment deployment = chain.deployment();
        final String owner = contracts.provider(deployment, request.datasetId());
        if (!owner.equals(provider)) {
            throw new StatementMismatchException("provider", TextNode.valueOf(owner), TextNode.valueOf(provider));
        }
        signatures.require(provider, TypedMessages.join(deployment, request, authorization), authorization);
        final ContractCall call = contracts.join(deployment, request, authorization);
        check.require(call);
        final Submitted submitted = QuarkusTransaction.requiringNew().call(() -> {
            final String resource = resource(request.campaignId(), provider);
            final boolean created = outbox.accept(new Outbox.Message(
                            resource, fingerprint, provider, MessageKind.JOIN, authorization.deadline(), false, call))
                    .created();
            return new Submitted(find(request.campaignId(), provider).orElseThrow(), created);
        });
        LOG.infof("seat request accepted: campaign=%s provider=%s", request.campaignId(), provider);
        return submitted;
    }

    /** A seat that is taken or about to be. */
    public Optional<View> get(BigInteger campaignId, String provider) {
        return QuarkusTransaction.requiringNew().call(() -> find(campaignId, provider));
    }

    private Optional<View> known(SeatRequest request, String provider, String fingerprint) {
        final String resource = resource(request.campaignId(), provider);
        final Optional<Seat> taken = Seat.of(request.campaignId(), provider);
        if (taken.isPresent() && !isTakenBy(taken.get(), request)) {
            throw new MessageConflictException(resource);
        }
        return taken.isPresent() || outbox.holds(resource, fingerprint)
                ? find(request.campaignId(), provider)
                : Optional.empty();
    }

    private static boolean isTakenBy(Seat seat, SeatRequest request) {
        return seat.datasetId.equals(Hex.of(request.datasetId()))
                && seat.x25519Key.equals(Hex.of(request.x25519Key()))
                && seat.mlKemKey.equals(Hex.of(request.mlKemKey()));
    }

    private Optional<View> find(BigInteger campaignId, String provider) {
        final String resource = resource(campaignId, provider);
        final String id =
                Hex.of(Keccak256.hash(Hex.word(campaignId), Hex.word(new BigInteger(provider.substring(2), 16))));
        return Seat.of(campaignId, provider)
                .map(seat ->
                        new View(status.ofChain(resource, id, seat.position, seat.takenAt), campaignId, provider, seat))
                .or(() -> status.ofMessage(resource, id).map(relayed -> new View(relayed, campaignId, provider, null)));
    }

    private static String resource(BigInteger campaignId, String provider) {
        return "seat/" + campaignId + "/" + provider;
    }

    private static String fingerprint(SeatRequest request) {
        return Hex.of(Keccak256.hash(
                request.datasetId(),
                Hex.word(request.rowCap()),
                request.x25519Key(),
                Keccak256.hash(request.mlKemKey())));
    }
}
