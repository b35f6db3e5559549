package org.zkml.prover.cli.chain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.web3j.protocol.core.Response;
import org.zkml.prover.cli.CommandException;
import org.zkml.prover.cli.ContractRefusedException;
import org.zkml.prover.cli.ExitCode;

/** A contract or a node refused. */
final class RefusedException {

    /** Nodes wrap revert data in different ways; it is the first hex string of at least a selector. */
    private static final Pattern REVERT_DATA = Pattern.compile("0x[0-9a-fA-F]{8,}");

    private RefusedException() {}

    static CommandException of(Response.Error error) {
        final Matcher data = REVERT_DATA.matcher(error.getData() == null ? "" : error.getData());
        if (data.find()) {
            return new ContractRefusedException(ContractErrors.describe(data.group()));
        }
        return new CommandException(ExitCode.REFUSED, "the node refused: " + error.getMessage());
    }
}
