package org.zkml.prover.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Option;

/** What the account's own transactions may cost, whatever fees the node asks for. */
final class FeeOption {

    private static final int DECIMALS = 9;

    @Option(
            names = "--max-fee-per-gas",
            paramLabel = "GWEI",
            defaultValue = "200",
            description = "Most that a transaction of the account's own offers for a gas, tip included"
                    + " (default: ${DEFAULT-VALUE} gwei).")
    private String gwei;

    /** Sends transactions of the account, and tells before each what it can cost. */
    TransactionSender sender(Chain chain, Vault vault, Console console) {
        return new TransactionSender(
                chain, new Secrets(vault).identity(), vault, wei(), line -> console.say("  %s", line));
    }

    /** As it was given. */
    String gwei() {
        return gwei;
    }

    private BigInteger wei() {
        if (!gwei.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--max-fee-per-gas " + gwei + ": write gwei, such as 30 or 0.5, with at most 9 decimals");
        }
        return new BigDecimal(gwei).movePointRight(DECIMALS).toBigIntegerExact();
    }
}
