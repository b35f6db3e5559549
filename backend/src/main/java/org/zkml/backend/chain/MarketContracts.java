package org.zkml.backend.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.web3j.abi.datatypes.StructType;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.cli.chain.contract.RewardToken;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.curve.G2Affine;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.relation.TrainStatement;

/** The contracts' calls: encodes transactions and reads views, by the generated wrappers. */
@ApplicationScoped
public class MarketContracts {

    /** Views have no sender of their own. */
    static final String NOBODY = "0x0000000000000000000000000000000000000000";

    private static final ContractGasProvider NO_GAS = new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO);

    private final EthereumNode node;
    private final TransactionManager readOnly;

    MarketContracts(EthereumNode node) {
        this.node = node;
        this.readOnly = new ReadonlyTransactionManager(node.web3j(), NOBODY);
    }

    /** What the contracts fixed at their deployment. */
    record Fixed(String token, String parameters, VerifierKey verifierKey, int setupLog2, boolean unsafeSetup) {}

    Fixed readFixed(String registryAddress, String campaignsAddress) {
        final TrainingCampaigns campaigns = campaigns(campaignsAddress);
        final String registry = view(campaignsAddress, campaigns.registry());
        if (!registry.equalsIgnoreCase(registryAddress)) {
            throw new ChainUnavailableException("TrainingCampaigns at " + campaignsAddress
                    + " works with the DatasetRegistry at " + registry + ", not with " + registryAddress);
        }
        final String address = view(campaignsAddress, campaigns.parameters());
        final ProtocolParameters parameters = ProtocolParameters.load(address, node.web3j(), readOnly, NO_GAS);
        final ProtocolParameters.G2Point tau2 = view(address, parameters.tau2());
        final ProtocolParameters.G2Point xi2 = view(address, parameters.xi2());
        final BigInteger setupLog2 = view(address, parameters.setupLog2());
        final Boolean unsafeSetup = view(address, parameters.unsafeSetup());
        final String token = view(campaignsAddress, campaigns.token());
        return new Fixed(
                token.toLowerCase(Locale.ROOT),
                address.toLowerCase(Locale.ROOT),
                new VerifierKey(
                        G2Affine.of(tau2.xRe, tau2.xIm, tau2.yRe, tau2.yIm),
                        G2Affine.of(xi2.xRe, xi2.xIm, xi2.yRe, xi2.yIm)),
                setupLog2.intValueExact(),
                unsafeSetup);
    }

    /** @throws ChainUnavailableException if that InferenceMarket sells other campaigns' models */
    void requireSaleOf(String inference, String campaigns) {
        requireCampaigns(
                "InferenceMarket", inference, view(inference, sale(inference).campaigns()), campaigns);
    }

    /** @throws ChainUnavailableException if that ModelMetrics is about other campaigns' models */
    void requireMetricsOf(String metrics, String campaigns) {
        final ModelMetrics contract = ModelMetrics.load(metrics, node.web3j(), readOnly, NO_GAS);
        requireCampaigns("ModelMetrics", metrics, view(metrics, contract.campaigns()), campaigns);
    }

    private static void requireCampaigns(String contract, String address, String actual, String expected) {
        if (!actual.equalsIgnoreCase(expected)) {
            throw new ChainUnavailableException(contract + " at " + address + " works with the TrainingCampaigns at "
                    + actual + ", not with " + expected);
        }
    }

    /** {@code DatasetRegistry.register}. */
    public ContractCall register(
            Deployment deployment, DatasetStatement claim, byte[] proof, Authorization authorization) {
        final var struct = new DatasetRegistry.DatasetClaim(
                Hex.address(claim.contributor()),
                Hex.word(claim.schemaHash()),
                BigInteger.valueOf(claim.ln()),
                BigInteger.valueOf(claim.lk()),
                BigInteger.valueOf(claim.b()),
                BigInteger.valueOf(claim.n()),
                BigInteger.valueOf(claim.feat()),
                new DatasetRegistry.G1Point(claim.x().x(), claim.x().y()),
                new DatasetRegistry.G1Point(claim.y().x(), claim.y().y()));
        final var signed = new DatasetRegistry.Authorization(
                authorization.nonce(), authorization.deadline(), authorization.signature());
        return new ContractCall(
                deployment.registry(),
                DatasetRegistry.load(deployment.registry(), node.web3j(), readOnly, NO_GAS)
                        .register(struct, proof, signed)
                        .encodeFunctionCall());
    }

    /** {@code TrainingCampaigns.join}. */
    public ContractCall join(Deployment deployment, SeatRequest request, Authorization authorization) {
        final var struct = new TrainingCampaigns.SeatRequest(
                request.campaignId(), request.datasetId(), request.rowCap(), request.x25519Key(), request.mlKemKey());
        return new ContractCall(
                deployment.campaigns(),
                campaigns(deployment.campaigns())
                        .join(struct, request.membership(), signed(authorization))
                        .encodeFunctionCall());
    }

    /** {@code TrainingCampaigns.contribute}. */
    public ContractCall contribute(
            Deployment deployment,
            TrainStatement statement,
            byte[] datasetId,
            List<G1Affine> shares,
            byte[] proof,
            Authorization authorization) {
        return new ContractCall(
                deployment.campaigns(),
                campaigns(deployment.campaigns())
                        .contribute(
                                statement.taskId(),
                                statement.round(),
                                datasetId,
                                point(statement.out()),
                                shares.stream().map(MarketContracts::point).toList(),
                                proof,
                                signed(authorization))
                        .encodeFunctionCall());
    }

    /** {@code TrainingCampaigns.claim}. */
    public ContractCall claim(Deployment deployment, BigInteger campaignId, String account) {
        return new ContractCall(
                deployment.campaigns(),
                campaigns(deployment.campaigns()).claim(campaignId, account).encodeFunctionCall());
    }

    /**
     * The statement that the contract would verify for a model.
     *
     * @throws RefusedByContractException if there is no such campaign, round, data set or seat
     */
    public TrainStatement trainStatement(
            Deployment deployment, BigInteger campaignId, BigInteger round, byte[] datasetId, G1Affine out) {
        final TrainingCampaigns.TrainStatement s = view(
                deployment.campaigns(),
                campaigns(deployment.campaigns()).trainStatement(campaignId, round, datasetId, point(out)));
        return new TrainStatement(
                s.chainId,
                new BigInteger(s.registry.substring(2), 16),
                new BigInteger(s.contributor.substring(2), 16),
                s.taskId,
                s.round,
                new TrainStatement.Shape(
                        s.lb.intValueExact(),
                        s.li.intValueExact(),
                        s.lk.intValueExact(),
                        s.lt.intValueExact(),
                        s.steps.intValueExact(),
                        s.b.intValueExact()),
                s.fp.intValueExact(),
                s.c,
                s.d,
                point(s.cTable),
                point(s.cX),
                point(s.cY),
                point(s.cIn),
                point(s.cOut),
                deployment.verifierKey());
    }

    /**
     * The account that registered a data set.
     *
     * @throws RefusedByContractException if there is no such data set
     */
    public String provider(Deployment deployment, byte[] datasetId) {
        final DatasetRegistry registry = DatasetRegistry.load(deployment.registry(), node.web3j(), readOnly, NO_GAS);
        final DatasetRegistry.Dataset dataset = view(deployment.registry(), registry.dataset(datasetId));
        return dataset.provider.toLowerCase(Locale.ROOT);
    }

    /** Tokens of an account, base units. */
    public BigInteger balance(Deployment deployment, String account) {
        final RewardToken token = RewardToken.load(deployment.token(), node.web3j(), readOnly, NO_GAS);
        return view(deployment.token(), token.balanceOf(account));
    }

    /** Address of the token that passes are paid in, and revenue with it; the deployment has an InferenceMarket. */
    public String paymentToken(Deployment deployment) {
        final String token =
                view(deployment.inference(), sale(deployment.inference()).token());
        return token.toLowerCase(Locale.ROOT);
    }

    private InferenceMarket sale(String address) {
        return InferenceMarket.load(address, node.web3j(), readOnly, NO_GAS);
    }

    private TrainingCampaigns campaigns(String address) {
        return TrainingCampaigns.load(address, node.web3j(), readOnly, NO_GAS);
    }

    private static TrainingCampaigns.Authorization signed(Authorization authorization) {
        return new TrainingCampaigns.Authorization(
                authorization.nonce(), authorization.deadline(), authorization.signature());
    }

    private static TrainingCampaigns.G1Point point(G1Affine point) {
        return new TrainingCampaigns.G1Point(point.x(), point.y());
    }

    private static G1Affine point(TrainingCampaigns.G1Point point) {
        return G1Affine.of(point.x, point.y);
    }

    /** The one value that a view returns: a struct is its own value, of anything else the Java value is wanted. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> T view(String contract, RemoteFunctionCall<T> call) {
        final String answer = node.call(NOBODY, contract, call.encodeFunctionCall());
        final var values = call.decodeFunctionResponse(answer);
        if (values.isEmpty()) {
            throw new ChainUnavailableException(
                    "the contract at " + contract + " answers nothing: is it the right one?");
        }
        final var value = values.getFirst();
        return (T) (value instanceof StructType ? value : value.getValue());
    }
}
