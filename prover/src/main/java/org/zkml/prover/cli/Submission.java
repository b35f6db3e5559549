package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.zkml.prover.averaging.ContributedWeights;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.RoundId;
import org.zkml.prover.relation.TrainStatement;
import org.zkml.prover.vault.Vault;

/**
 * A proved model on its way to the chain.
 *
 * @param told what the server is told beside it, or null
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Submission(
        Chain chain,
        Deployment deployment,
        Campaign campaign,
        Seat seat,
        ProofFiles files,
        TrainStatement statement,
        byte[] proof,
        ObjectNode told) {

    /** Reads a proof, verifies it, and compares its statement with the contract's. */
    static Submission read(
            Chain chain, Workspace workspace, Campaign campaign, Seat seat, ProofFiles files, boolean report) {
        if (!files.exist()) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    files.folder() + ": there is no proof for round " + campaign.round() + " of campaign "
                            + campaign.id() + "; run \"zkml prove --campaign " + campaign.id() + "\" first");
        }
        final Deployment deployment = workspace.deployment();
        final TrainStatement statement = files.readTrain();
        final byte[] proof = files.readProof();
        if (!files.provesTrain(statement)) {
            throw new CommandException(
                    ExitCode.PROOF_FALSE, files.proof() + ": the proof is not valid; prove again with --force");
        }
        MarketCheck.require(chain, deployment, statement.key());
        StatementCheck.requireTrain(
                statement.encode(),
                new CampaignsContract(chain, deployment.trainingCampaigns())
                        .trainStatement(campaign.id(), campaign.round(), seat.datasetId(), statement.out()));
        return new Submission(
                chain, deployment, campaign, seat, files, statement, proof, report ? reported(files) : null);
    }

    /** What becomes public by it. */
    List<String> leaving() {
        return List.of(
                "account      " + Address.of(statement.contributor()),
                "campaign     " + campaign.id() + ", round " + campaign.round(),
                "commitments  C_out of the trained model, and of its shares: they hide it perfectly",
                "proof        " + proof.length + " bytes, zero-knowledge",
                "signature    of the account",
                ShareDelivery.SENT,
                "report       " + (told == null ? "none" : told + ", to the server"));
    }

    /** What goes to the contract, signed; the vault has the shares before anybody sees their commitments. */
    Contribution sign(Vault vault, Committer committer) {
        final RoundId round = deployment.round(campaign.id(), campaign.round());
        final TrainedModels models = TrainedModels.ofCampaign(vault, round, seat.datasetId());
        final ModelOpening model = requireOpens(models, committer);
        final List<G1Affine> shares = models.shares(
                        round,
                        statement.out(),
                        campaign.aggregators().size(),
                        statement.shape().lk())
                .commit(committer);
        new ContributedWeights(vault).contribute(round, model);
        final Authorization authorization = new MessageSigner(new Secrets(vault).identity(), deployment)
                .contribute(statement, seat.datasetId(), shares, proof, chain.tomorrow());
        return new Contribution(statement, seat.datasetId(), shares, proof, authorization, told);
    }

    /** Contributes. */
    Receipt send(Contribution contribution, Relay relay) {
        final Receipt receipt = relay.contribute(contribution);
        requireContributed(receipt);
        JsonFile.write(
                files.folder().resolve("submission.json"),
                receipt.writeTo(Console.object()
                        .put("campaignId", campaign.id().toString())
                        .put("round", campaign.round())));
        return receipt;
    }

    private void requireContributed(Receipt receipt) {
        chain.awaitBlock(receipt.block());
        final Seat now = new CampaignsContract(chain, deployment.trainingCampaigns())
                .seat(campaign.id(), Address.of(statement.contributor()));
        if (now.nextRound() <= campaign.round()) {
            throw new CommandException(
                    ExitCode.REFUSED, "transaction " + receipt.transactionHash() + " did not contribute the model");
        }
    }

    /** Whether the vault can hand out the shares of this very model later. */
    private ModelOpening requireOpens(TrainedModels models, Committer committer) {
        final ModelOpening model = models.opening(statement.out());
        if (model == null || !model.commit(committer).equals(statement.out())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "the vault does not open the model of this proof as one of the campaign's; use the workspace that proved it,"
                            + " or prove again with --campaign and --force");
        }
        return model;
    }

    /** What the run was like, as "zkml prove" noted it. */
    private static ObjectNode reported(ProofFiles files) {
        final Path file = files.folder().resolve("run.json");
        if (!Files.exists(file)) {
            throw new CommandException(
                    ExitCode.CONFLICT, file + ": there is no record of the run; leave --report out, or prove again");
        }
        final JsonFile run = JsonFile.read(file);
        return Console.object()
                .put("proofMillis", run.integer("millis", 0, Long.MAX_VALUE))
                .put("metric", run.text("metric"))
                .put("score", run.node().get("score").asDouble());
    }
}
