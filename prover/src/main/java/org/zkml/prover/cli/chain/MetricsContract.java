package org.zkml.prover.cli.chain;

import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.chain.contract.ModelMetrics;

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
}
