package org.zkml.backend.contribution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.zkml.backend.campaign.Campaign;
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
import org.zkml.backend.verification.ProofVerifier;
import org.zkml.backend.verification.StatementMismatchException;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.hash.Keccak256;
import org.zkml.prover.relation.StatementJson;
import org.zkml.prover.relation.TrainRelation;
import org.zkml.prover.relation.TrainStatement;

/** Takes in contributions: checks them from cheap to dear, the proof included, before any gas is spent. */
@ApplicationScoped
public class ContributionService {

    private static final Logger LOG = Logger.getLogger(ContributionService.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Chain chain;
    private final MarketContracts contracts;
    private final Signatures signatures;
    private final ProofVerifier verifier;
    private final MessageCheck check;
    private final Outbox outbox;
    private final ContributionViews views;

    ContributionService(
            Chain chain,
            MarketContracts contracts,
            Signatures signatures,
            ProofVerifier verifier,
            MessageCheck check,
            Outbox outbox,
            ContributionViews views) {
        this.chain = chain;
        this.contracts = contracts;
        this.signatures = signatures;
        this.verifier = verifier;
        this.check = check;
        this.outbox = outbox;
        this.views = views;
    }

    /**
     * A contribution as it is sent here, by its provider or by others.
     *
     * @param statement what is proved
     * @param datasetId 32 bytes
     * @param shares commitments to the shares of all aggregators but the last
     * @param proof the bytes of docs/proof-system.md, section 3
     * @param authorization the provider's signature
     * @param report what the sender says beside, or null
     */
    public record Request(
            TrainStatement statement,
            byte[] datasetId,
            List<G1Affine> shares,
            byte[] proof,
            Authorization authorization,
            Report report) {}

    /** @param created whether the message is new, or tried again after a failure */
    public record Submitted(ContributionViews.View view, boolean created) {}

    /**
     * Checks a contribution and takes it in to be relayed. The same statement again changes nothing.
     *
     * @throws StatementMismatchException if the statement is not the contract's
     * @throws org.zkml.backend.chain.NotRelayedException if the server does not pay for the provider's messages
     * @throws org.zkml.backend.chain.SignatureRejectedException if the provider has not signed it
     * @throws org.zkml.backend.verification.ProofRejectedException if the proof is false
     * @throws org.zkml.backend.chain.RefusedByContractException if the contract would refuse it
     * @throws MessageConflictException if another one of that seat to that round is under way
     */
    public Submitted contribute(Request request) {
        final TrainStatement statement = request.statement();
        final String id = Contribution.idOf(statement.taskId(), statement.round(), request.datasetId());
        final String statementHash = Hex.of(Keccak256.hash(statement.encode()));
        final Optional<ContributionViews.View> known =
                QuarkusTransaction.requiringNew().call(() -> known(id, statement, statementHash));
        if (known.isPresent()) {
            return new Submitted(known.get(), false);
        }
        final Deployment deployment = chain.deployment();
        final TrainStatement expected = contracts.trainStatement(
                deployment, statement.taskId(), statement.round(), request.datasetId(), statement.out());
        StatementMismatchException.requireSame(StatementJson.write(expected), StatementJson.write(statement));
        final String provider = Hex.address(statement.contributor());
        final Authorization authorization = request.authorization();
        signatures.require(
                provider,
                TypedMessages.contribute(
                        deployment, statement, request.datasetId(), request.shares(), request.proof(), authorization),
                authorization);
        verifier.require("TRAIN", new TrainRelation(statement), deployment.verifierKey(), request.proof());
        final ContractCall call = contracts.contribute(
                deployment, statement, request.datasetId(), request.shares(), request.proof(), authorization);
        check.require(call);
        final Submitted submitted =
                QuarkusTransaction.requiringNew().call(() -> store(id, statementHash, provider, request, call));
        LOG.infof(
                "proof accepted: contribution=%s campaign=%s round=%s provider=%s proofBytes=%d",
                id, statement.taskId(), statement.round(), provider, request.proof().length);
        return submitted;
    }

    private Optional<ContributionViews.View> known(String id, TrainStatement statement, String statementHash) {
        final Optional<Contribution> verified = Contribution.of(id);
        final String model = StatementJson.write(statement).get("C_out").toString();
        if (verified.isPresent() && !verified.get().model.equals(model)) {
            throw new MessageConflictException(resource(id));
        }
        return verified.isPresent() || outbox.holds(resource(id), statementHash) ? views.find(id) : Optional.empty();
    }

    private Submitted store(String id, String statementHash, String provider, Request request, ContractCall call) {
        final boolean created = outbox.accept(new Outbox.Message(
                        resource(id),
                        statementHash,
                        provider,
                        MessageKind.CONTRIBUTE,
                        request.authorization().deadline(),
                        Campaign.isGranted(request.statement().taskId()),
                        call))
                .created();
        if (created) {
            final ContributionSubmission submission =
                    ContributionSubmission.of(id).orElseGet(ContributionSubmission::new);
            submission.id = id;
            submission.statementHash = statementHash;
            submission.campaignId = request.statement().taskId();
            submission.round = request.statement().round().intValueExact();
            submission.provider = provider;
            submission.datasetId = Hex.of(request.datasetId());
            submission.proofBytes = request.proof().length;
            submission.report = json(request.report());
            submission.persist();
        }
        return new Submitted(views.find(id).orElseThrow(), created);
    }

    /** The outbox's name of a contribution. */
    static String resource(String id) {
        return "contribution/" + id;
    }

    private static String json(Report report) {
        try {
            return report == null ? null : MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Report report(String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored report is malformed", e);
        }
    }
}
