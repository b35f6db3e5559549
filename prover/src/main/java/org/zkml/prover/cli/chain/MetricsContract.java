package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import java.util.HexFormat;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.chain.contract.ModelMetrics;
import org.zkml.prover.relation.EvaluateStatement;

/** The contract ModelMetrics. */
public final class MetricsContract {

    private final Chain chain;
    private final Address address;
    private final ModelMetrics calls;

    public MetricsContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls = ModelMetrics.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** The campaigns whose models are evaluated. */
    public Address campaigns() {
        return Address.parse(
                chain.read(address, calls.campaigns()).getFirst().getValue().toString());
    }

    /** The verifier of EVALUATE. */
    public Address verifier() {
        return Address.parse(
                chain.read(address, calls.verifier()).getFirst().getValue().toString());
    }

    /** Whether this model's quality on this data set has been proved. */
    public boolean isProved(BigInteger campaignId, int modelRound, byte[] datasetId) {
        return (Boolean) chain.read(address, calls.isProved(campaignId, BigInteger.valueOf(modelRound), datasetId))
                .getFirst()
                .getValue();
    }

    /** Whether the data set's base rate has been proved. */
    public boolean isBaseRateProved(byte[] datasetId) {
        return (Boolean) chain.read(address, calls.isBaseRateProved(datasetId))
                .getFirst()
                .getValue();
    }

    /** The words of the statement that {@code proveMetric} would verify, without the domain. */
    public byte[] metricStatement(EvaluateStatement claim, byte[] datasetId) {
        return words(calls.metricStatement(
                claim.taskId(),
                claim.round(),
                datasetId,
                prover(claim),
                BigInteger.valueOf(claim.hits()),
                claim.squaredErrorSum()));
    }

    /** The words of the statement that {@code proveBaseRate} would verify, without the domain. */
    public byte[] baseRateStatement(EvaluateStatement claim, byte[] datasetId) {
        return words(calls.baseRateStatement(datasetId, prover(claim), BigInteger.valueOf(claim.hits())));
    }

    public Receipt proveMetric(TransactionSender sender, EvaluateStatement claim, byte[] datasetId, byte[] proof) {
        return sender.send(
                address,
                calls.proveMetric(
                                claim.taskId(),
                                claim.round(),
                                datasetId,
                                BigInteger.valueOf(claim.hits()),
                                claim.squaredErrorSum(),
                                proof)
                        .encodeFunctionCall());
    }

    public Receipt proveBaseRate(TransactionSender sender, EvaluateStatement claim, byte[] datasetId, byte[] proof) {
        return sender.send(
                address,
                calls.proveBaseRate(datasetId, BigInteger.valueOf(claim.hits()), proof)
                        .encodeFunctionCall());
    }

    private static String prover(EvaluateStatement claim) {
        return Address.of(claim.prover()).toString();
    }

    private byte[] words(RemoteFunctionCall<?> call) {
        return HexFormat.of().parseHex(chain.readRaw(address, call).substring(2));
    }
}
