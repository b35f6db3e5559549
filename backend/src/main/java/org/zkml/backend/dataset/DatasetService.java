package org.zkml.backend.dataset;

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
import org.zkml.backend.chain.Signatures;
import org.zkml.backend.chain.TypedMessages;
import org.zkml.backend.chain.relay.MessageCheck;
import org.zkml.backend.chain.relay.MessageConflictException;
import org.zkml.backend.chain.relay.MessageKind;
import org.zkml.backend.chain.relay.Outbox;
import org.zkml.backend.chain.relay.RelayStatus;
import org.zkml.backend.chain.relay.Relayed;
import org.zkml.backend.verification.ProofVerifier;
import org.zkml.backend.verification.StatementMismatchException;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.relation.DatasetRelation;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.StatementJson;

/** Registers data sets for their providers. */
@ApplicationScoped
public class DatasetService {

    private static final Logger LOG = Logger.getLogger(DatasetService.class);
    private static final String RESOURCE = "dataset/";

    private final Chain chain;
    private final MarketContracts contracts;
    private final Signatures signatures;
    private final ProofVerifier verifier;
    private final MessageCheck check;
    private final Outbox outbox;
    private final RelayStatus status;

    DatasetService(
            Chain chain,
            MarketContracts contracts,
            Signatures signatures,
            ProofVerifier verifier,
            MessageCheck check,
            Outbox outbox,
            RelayStatus status) {
        this.chain = chain;
        this.contracts = contracts;
        this.signatures = signatures;
        this.verifier = verifier;
        this.check = check;
        this.outbox = outbox;
        this.status = status;
    }

    /**
     * @param relayed where its registration stands
     * @param dataset null until the chain has it
     */
    public record View(Relayed relayed, Dataset dataset) {}

    /** @param created whether the message is new, or tried again after a failure */
    public record Submitted(View view, boolean created) {}

    /**
     * Checks a registration, from cheap to dear, and takes it in to be relayed. The same one again changes nothing.
     *
     * @throws StatementMismatchException if chain, registry or setup are not the deployment's
     * @throws org.zkml.backend.chain.NotRelayedException if the server does not pay for the provider's messages
     * @throws org.zkml.backend.chain.SignatureRejectedException if the provider has not signed it
     * @throws org.zkml.backend.verification.ProofRejectedException if the proof is false
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws MessageConflictException if the same commitments are, or are about to be, registered with another statement
     */
    public Submitted register(DatasetStatement statement, byte[] proof, Authorization authorization) {
        final String id = idOf(statement);
        final String fingerprint = Hex.of(Keccak256.hash(statement.encode()));
        final Optional<View> known = QuarkusTransaction.requiringNew().call(() -> known(id, statement, fingerprint));
        if (known.isPresent()) {
            return new Submitted(known.get(), false);
        }
        final Deployment deployment = chain.deployment();
        requireSame(statement, deployment);
        final String provider = Hex.address(statement.contributor());
        signatures.require(
                provider, TypedMessages.register(deployment, statement, proof, authorization), authorization);
        verifier.require("DATASET", new DatasetRelation(statement), deployment.verifierKey(), proof);
        final ContractCall call = contracts.register(deployment, statement, proof, authorization);
        check.require(call);
        final Submitted submitted = QuarkusTransaction.requiringNew().call(() -> {
            final boolean created = outbox.accept(new Outbox.Message(
                            RESOURCE + id,
                            fingerprint,
                            provider,
                            MessageKind.REGISTER,
                            authorization.deadline(),
                            false,
                            call))
                    .created();
            return new Submitted(find(id).orElseThrow(), created);
        });
        LOG.infof(
                "data set proof accepted: dataset=%s provider=%s rows=%d proofBytes=%d",
                id, provider, statement.n(), proof.length);
        return submitted;
    }

    /** A data set that is registered or about to be. */
    public Optional<View> get(String id) {
        return QuarkusTransaction.requiringNew().call(() -> find(id));
    }

    private Optional<View> known(String id, DatasetStatement statement, String fingerprint) {
        final Optional<Dataset> registered = Dataset.of(id);
        if (registered.isPresent() && !registered.get().isAbout(statement)) {
            throw new MessageConflictException(RESOURCE + id);
        }
        return registered.isPresent() || outbox.holds(RESOURCE + id, fingerprint) ? find(id) : Optional.empty();
    }

    private Optional<View> find(String id) {
        return Dataset.of(id)
                .map(dataset ->
                        new View(status.ofChain(RESOURCE + id, id, dataset.position, dataset.registeredAt), dataset))
                .or(() -> status.ofMessage(RESOURCE + id, id).map(relayed -> new View(relayed, null)));
    }

    private static String idOf(DatasetStatement statement) {
        return Hex.of(Keccak256.hash(
                Hex.word(statement.contributor()),
                statement.x().toBytes(),
                statement.y().toBytes()));
    }

    private static void requireSame(DatasetStatement s, Deployment deployment) {
        final DatasetStatement expected = new DatasetStatement(
                deployment.chainId(),
                new BigInteger(deployment.registry().substring(2), 16),
                s.contributor(),
                s.schemaHash(),
                s.ln(),
                s.lk(),
                s.b(),
                s.n(),
                s.feat(),
                s.x(),
                s.y(),
                deployment.verifierKey());
        StatementMismatchException.requireSame(StatementJson.write(expected), StatementJson.write(s));
    }
}
