package org.zkml.prover.cli.chain;

import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.chain.contract.InferenceMarket;

/** The contract InferenceMarket. */
public final class InferenceContract {

    private final Chain chain;
    private final Address address;
    private final InferenceMarket calls;

    public InferenceContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                InferenceMarket.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** The campaigns whose models are sold. */
    public Address campaigns() {
        return Address.parse(
                chain.read(address, calls.campaigns()).getFirst().getValue().toString());
    }

    /** The verifier of INFER. */
    public Address verifier() {
        return Address.parse(
                chain.read(address, calls.verifier()).getFirst().getValue().toString());
    }

    /** What passes are paid in. */
    public Address token() {
        return Address.parse(
                chain.read(address, calls.token()).getFirst().getValue().toString());
    }

    /** Who gets the fees. */
    public Address treasury() {
        return Address.parse(
                chain.read(address, calls.treasury()).getFirst().getValue().toString());
    }
}
