package org.zkml.prover.cli;

import java.util.Optional;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.averaging.VectorOpening;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.vault.Vault;

/** The models that rounds start from, in an open vault; an average comes from the mailbox, where any aggregator may have left it. */
final class RoundModels {

    private final Vault vault;
    private final Secrets secrets;
    private final Deployment deployment;
    private final Committer committer;

    /** @param committer for models of the campaign's size */
    RoundModels(Vault vault, Deployment deployment, Committer committer) {
        this.vault = vault;
        this.secrets = new Secrets(vault);
        this.deployment = deployment;
        this.committer = committer;
    }

    /**
     * A model that opens the commitment of the chain, with all weights in range; nothing if no aggregator has handed one over yet. What was fetched is kept.
     *
     * @param number of averages behind it: the round that starts from it
     * @param commitment the chain's
     * @throws CommandException if the vault, or the campaign's begin, has another model
     */
    Optional<ModelOpening> find(Campaign campaign, int number, G1Affine commitment, Mailbox mailbox) {
        final ModelOpening stored = secrets.roundModel(deployment.round(campaign.id(), number));
        if (stored != null || number == 0) {
            final ModelOpening model =
                    stored != null ? stored : ModelOpening.zero(campaign.terms().lk());
            if (!model.commit(committer).equals(commitment)) {
                throw new CommandException(
                        ExitCode.CONFLICT,
                        "the vault's model for round " + number + " of campaign " + campaign.id()
                                + " does not open the commitment of the chain; nothing is trained on it."
                                + " Use the vault and the setup of this campaign");
            }
            return Optional.of(model);
        }
        if (!mailbox.hasServer()) {
            return Optional.empty();
        }
        final Optional<ModelOpening> found = mailbox
                .received(
                        deployment.round(campaign.id(), number - 1L),
                        MessageKind.MODEL,
                        campaign.terms().lk(),
                        campaign.aggregators())
                .stream()
                .flatMap(letter -> letter.payload().stream())
                .flatMap(payload -> opened(payload, campaign.terms(), commitment).stream())
                .findFirst();
        found.ifPresent(model -> keep(campaign, number, model));
        return found;
    }

    /** As {@link #find}, of what came another way. @return whether it is this model */
    boolean take(Campaign campaign, int number, G1Affine commitment, byte[] payload) {
        final Optional<ModelOpening> taken = opened(payload, campaign.terms(), commitment);
        taken.ifPresent(model -> keep(campaign, number, model));
        return taken.isPresent();
    }

    private void keep(Campaign campaign, int number, ModelOpening model) {
        secrets.putRoundModel(deployment.round(campaign.id(), number), model);
        vault.save();
    }

    /** Nothing for what is no model in range, or another one: an aggregator may send what it likes. */
    private Optional<ModelOpening> opened(byte[] payload, CampaignTerms terms, G1Affine commitment) {
        try {
            final VectorOpening vector = VectorOpening.decode(payload, terms.lk());
            return vector.opens(commitment, committer)
                    ? Optional.of(ModelOpening.of(vector, new FixedPoint(terms.b())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
