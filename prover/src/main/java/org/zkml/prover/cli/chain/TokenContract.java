package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.chain.contract.RewardToken;

/** The contract RewardToken. */
public final class TokenContract {

    private final Chain chain;
    private final Address address;
    private final RewardToken calls;

    public TokenContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
        this.calls = RewardToken.load(address.toString(), chain.web3j(), chain.readOnly(), new DefaultGasProvider());
    }

    /** Base units. */
    public BigInteger balanceOf(Address account) {
        return (BigInteger) chain.read(address, calls.balanceOf(account.toString()))
                .getFirst()
                .getValue();
    }
}
