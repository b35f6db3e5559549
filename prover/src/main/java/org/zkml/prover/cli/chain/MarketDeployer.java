package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Deployment;
import org.zkml.prover.cli.chain.contract.AggregationVerifier;
import org.zkml.prover.cli.chain.contract.CampaignOpening;
import org.zkml.prover.cli.chain.contract.Contributions;
import org.zkml.prover.cli.chain.contract.DatasetRegistry;
import org.zkml.prover.cli.chain.contract.DatasetVerifier;
import org.zkml.prover.cli.chain.contract.EvaluationVerifier;
import org.zkml.prover.cli.chain.contract.InferenceMarket;
import org.zkml.prover.cli.chain.contract.InferenceVerifier;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.cli.chain.contract.SeatAdmission;
import org.zkml.prover.cli.chain.contract.ShareDisputes;
import org.zkml.prover.cli.chain.contract.TrainingCampaigns;
import org.zkml.prover.cli.chain.contract.TrainingVerifier;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.hash.Keccak256;

/** Deploys all contracts. */
public final class MarketDeployer {

    /**
     * What is not the protocol's own to say.
     *
     * @param governance may grant budgets, set the fee and pause
     * @param paymentToken what passes are paid in, or null for the reward token
     * @param treasury gets the fees
     */
    public record Roles(Address governance, Address paymentToken, Address treasury) {}

    /** Hexadecimal digits of a library's hash in code that is not linked yet, between {@code __$} and {@code $__}. */
    private static final int LINK_DIGITS = 34;

    private final Chain chain;
    private final TransactionSender sender;
    private final Consumer<String> told;
    private BigInteger gasUsed = BigInteger.ZERO;
    private long firstBlock = Long.MAX_VALUE;

    /** @param told hears of every contract as it is there */
    public MarketDeployer(Chain chain, TransactionSender sender, Consumer<String> told) {
        this.chain = chain;
        this.sender = sender;
        this.told = told;
    }

    /**
     * @param tables commitments of the activation tables, kind by kind, b = 8, 10, 12, 14, 16 each; infinity where the setup is too small
     * @param roles who governs, what passes are paid in, who gets the fees
     */
    public Deployment deploy(VerifierKey key, int setupLog2, boolean unsafeSetup, List<G1Affine> tables, Roles roles) {
        final List<ProtocolParameters.G1Point> points =
                tables.stream().map(Points::parameters).toList();
        final Address parameters = create(
                "ProtocolParameters",
                ProtocolParameters.BINARY,
                Points.parameters(key.tau2()),
                Points.parameters(key.xi2()),
                new Uint256(setupLog2),
                new Bool(unsafeSetup),
                new DynamicArray<>(ProtocolParameters.G1Point.class, points));
        final Address datasetVerifier = create("DatasetVerifier", DatasetVerifier.BINARY);
        final Address trainingVerifier = create("TrainingVerifier", TrainingVerifier.BINARY);
        final Address aggregationVerifier = create("AggregationVerifier", AggregationVerifier.BINARY);
        final Address registry =
                create("DatasetRegistry", DatasetRegistry.BINARY, word(datasetVerifier), word(parameters));
        String code = TrainingCampaigns.BINARY;
        code = link(code, "CampaignOpening", create("CampaignOpening", CampaignOpening.BINARY));
        code = link(code, "SeatAdmission", create("SeatAdmission", SeatAdmission.BINARY));
        code = link(code, "Contributions", create("Contributions", Contributions.BINARY));
        code = link(code, "ShareDisputes", create("ShareDisputes", ShareDisputes.BINARY));
        final Address campaigns = create(
                "TrainingCampaigns",
                code,
                word(roles.governance()),
                word(registry),
                word(trainingVerifier),
                word(aggregationVerifier));
        final Address token = new CampaignsContract(chain, campaigns).token();
        told.accept("RewardToken at " + token);
        final Address inferenceVerifier = create("InferenceVerifier", InferenceVerifier.BINARY);
        final Address evaluationVerifier = create("EvaluationVerifier", EvaluationVerifier.BINARY);
        final Address inferenceMarket = create(
                "InferenceMarket",
                InferenceMarket.BINARY,
                word(roles.governance()),
                word(campaigns),
                word(inferenceVerifier),
                word(roles.paymentToken() == null ? token : roles.paymentToken()),
                word(roles.treasury()));
        final Address modelMetrics =
                create("ModelMetrics", ModelMetrics.BINARY, word(campaigns), word(evaluationVerifier));
        return new Deployment(
                chain.chainId(),
                firstBlock,
                parameters,
                datasetVerifier,
                trainingVerifier,
                aggregationVerifier,
                inferenceVerifier,
                evaluationVerifier,
                registry,
                campaigns,
                token,
                inferenceMarket,
                modelMetrics);
    }

    /** Gas of all transactions. */
    public BigInteger gasUsed() {
        return gasUsed;
    }

    private static org.web3j.abi.datatypes.Address word(Address address) {
        return new org.web3j.abi.datatypes.Address(address.toString());
    }

    private static String link(String code, String library, Address address) {
        final String name = "contracts/src/market/" + library + ".sol:" + library;
        final String hash = HexFormat.of().formatHex(Keccak256.hash(name.getBytes(StandardCharsets.US_ASCII)));
        final String place = "__$" + hash.substring(0, LINK_DIGITS) + "$__";
        if (!code.contains(place)) {
            throw new IllegalStateException("the code of TrainingCampaigns has no place for " + name);
        }
        return code.replace(place, HexFormat.of().formatHex(address.toBytes()));
    }

    private Address create(String name, String code, Type<?>... arguments) {
        final List<Type> list = new ArrayList<>(List.of(arguments));
        final TransactionReceipt receipt = sender.create(code + FunctionEncoder.encodeConstructor(list));
        gasUsed = gasUsed.add(receipt.getGasUsed());
        firstBlock = Math.min(firstBlock, receipt.getBlockNumber().longValueExact());
        final Address address = Address.parse(receipt.getContractAddress());
        told.accept(name + " at " + address + ", " + receipt.getGasUsed() + " gas");
        return address;
    }
}
