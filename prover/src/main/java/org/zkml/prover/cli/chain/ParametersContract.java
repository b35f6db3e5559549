package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import org.web3j.abi.datatypes.Type;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.chain.contract.ProtocolParameters;
import org.zkml.prover.commitment.Setup.VerifierKey;

/** The contract ProtocolParameters. */
public final class ParametersContract {

    private final Chain chain;
    private final Address address;
    private final ProtocolParameters calls;

    public ParametersContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls =
                ProtocolParameters.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** The setup's verifier part that every proof is verified with. */
    public VerifierKey key() {
        final Type<?> tau2 = chain.read(address, calls.tau2()).getFirst();
        final Type<?> xi2 = chain.read(address, calls.xi2()).getFirst();
        return new VerifierKey(
                Points.read((ProtocolParameters.G2Point) tau2), Points.read((ProtocolParameters.G2Point) xi2));
    }

    /** log2 of the powers of the setup: no proof with larger tables is verified. */
    public int setupLog2() {
        return ((BigInteger) chain.read(address, calls.setupLog2()).getFirst().getValue()).intValueExact();
    }
}
