package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.zkml.prover.averaging.Contributor;
import org.zkml.prover.averaging.ShareAnswer;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.field.Scalar;

/** The calls of {@code TrainingCampaigns} that bring shares to the chain, encoded. */
@ApplicationScoped
public class ShareContracts {

    private static final ContractGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private final EthereumNode node;

    ShareContracts(EthereumNode node) {
        this.node = node;
    }

    /**
     * A share as it is published: encrypted, with its sender's signature.
     *
     * @param aggregator for which it is, from 0
     */
    public record Published(
            BigInteger campaignId, int round, String provider, int aggregator, byte[] envelope, byte[] signature) {}

    /** {@code TrainingCampaigns.publishShare}. */
    public ContractCall publish(Deployment deployment, Published share) {
        return new ContractCall(
                deployment.campaigns(),
                campaigns(deployment)
                        .publishShare(
                                share.campaignId(),
                                BigInteger.valueOf(share.round()),
                                share.provider(),
                                BigInteger.valueOf(share.aggregator()),
                                share.envelope(),
                                share.signature())
                        .encodeFunctionCall());
    }

    /** {@code TrainingCampaigns.revealShare}. */
    public ContractCall reveal(
            Deployment deployment, BigInteger campaignId, int round, Contributor contributor, ShareAnswer answer) {
        final var commitments = new TrainingCampaigns.Commitments(
                point(contributor.out()),
                contributor.shares().stream().map(ShareContracts::point).toList());
        final List<BigInteger> values =
                answer.share().values().stream().map(Scalar::toBigInteger).toList();
        final var opening = new TrainingCampaigns.ShareOpening(
                BigInteger.valueOf(answer.aggregator()),
                values,
                answer.share().blinder().toBigInteger(),
                point(answer.quotient()));
        return new ContractCall(
                deployment.campaigns(),
                campaigns(deployment)
                        .revealShare(
                                campaignId,
                                BigInteger.valueOf(round),
                                Hex.address(contributor.account()),
                                commitments,
                                opening)
                        .encodeFunctionCall());
    }

    private TrainingCampaigns campaigns(Deployment deployment) {
        return TrainingCampaigns.load(
                deployment.campaigns(),
                node.web3j(),
                new ReadonlyTransactionManager(node.web3j(), MarketContracts.NOBODY),
                NO_GAS);
    }

    private static TrainingCampaigns.G1Point point(G1Affine point) {
        return new TrainingCampaigns.G1Point(point.x(), point.y());
    }
}
