package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Contribution;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.Mailbox;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.Registration;
import org.zkml.prover.cli.Relay;
import org.zkml.prover.cli.SeatRequest;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.RoundId;

/** Sends messages to the contracts in transactions of the provider's own account, which pays the gas. */
public final class DirectRelay implements Relay {

    private final RegistryContract registry;
    private final CampaignsContract campaigns;
    private final RoundsContract rounds;
    private final TransactionSender sender;

    public DirectRelay(Chain chain, Deployment deployment, TransactionSender sender) {
        registry = new RegistryContract(chain, deployment.datasetRegistry());
        campaigns = new CampaignsContract(chain, deployment.trainingCampaigns());
        rounds = new RoundsContract(chain, deployment.trainingCampaigns());
        this.sender = sender;
    }

    @Override
    public Receipt register(Registration registration) {
        return registry.register(sender, registration);
    }

    @Override
    public Receipt join(SeatRequest request) {
        return campaigns.join(sender, request);
    }

    @Override
    public Receipt contribute(Contribution contribution) {
        return campaigns.contribute(sender, contribution);
    }

    @Override
    public Receipt claim(BigInteger campaignId, Address account) {
        return campaigns.claim(sender, campaignId, account);
    }

    @Override
    public Pending publishShare(MessageContext context, int aggregator, Mailbox.Signed share) {
        return rounds.publishShare(sender, context.round(), Address.of(context.sender()), aggregator, share);
    }

    @Override
    public Receipt revealShare(RoundId round, Contributor contributor, ShareAnswer answer) {
        return rounds.revealShare(sender, round, contributor, answer);
    }
}
