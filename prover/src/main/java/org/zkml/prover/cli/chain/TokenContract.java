package org.zkml.prover.cli.chain;

import java.math.BigInteger;
import org.web3j.tx.gas.DefaultGasProvider;
import org.zkml.prover.cli.Address;
import org.zkml.prover.cli.Receipt;
import org.zkml.prover.cli.chain.contract.RewardToken;

/** A token: the contract RewardToken, or another ERC-20. */
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

    /** Base units that the spender may still take. */
    public BigInteger allowance(Address owner, Address spender) {
        return (BigInteger) chain.read(address, calls.allowance(owner.toString(), spender.toString()))
                .getFirst()
                .getValue();
    }

    /** Lets the spender take so many base units, no more. */
    public Receipt approve(TransactionSender sender, Address spender, BigInteger amount) {
        return sender.send(address, calls.approve(spender.toString(), amount).encodeFunctionCall());
    }

    /** Decimals of a token, a base unit being the last of them. */
    public int decimals() {
        return ((BigInteger) chain.read(address, calls.decimals()).getFirst().getValue()).intValueExact();
    }
}
