package org.zkml.prover.cli.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.utils.Convert;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ExitCode;

/**
 * What is offered for a gas, wei.
 *
 * @param tip for whoever makes the block
 * @param fee most, tip included
 */
record Fees(BigInteger tip, BigInteger fee) {

    /** What is usual now, with room for the base fee to double as far as that is allowed. */
    static Fees usual(Chain chain, BigInteger maxFeePerGas) {
        final BigInteger tip =
                chain.ask(chain.web3j().ethMaxPriorityFeePerGas()).getMaxPriorityFeePerGas();
        final BigInteger base = chain.ask(chain.web3j().ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock()
                .getBaseFeePerGas();
        if (base.add(tip).compareTo(maxFeePerGas) > 0) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the node asks for " + gwei(base) + " gwei a gas and a tip of " + gwei(tip) + ", at most "
                            + gwei(maxFeePerGas)
                            + " are allowed; nothing was sent. Wait, use another node, or raise --max-fee-per-gas");
        }
        return new Fees(tip, base.shiftLeft(1).add(tip).min(maxFeePerGas));
    }

    static String ether(BigInteger wei) {
        return in(Convert.Unit.ETHER, wei);
    }

    static String gwei(BigInteger wei) {
        return in(Convert.Unit.GWEI, wei);
    }

    private static String in(Convert.Unit unit, BigInteger wei) {
        return Convert.fromWei(new BigDecimal(wei), unit).stripTrailingZeros().toPlainString();
    }
}
