package org.zkml.prover.cli;

/** A contract refused a call: whoever else sends it, by whatever way, gets the same answer. */
public final class ContractRefusedException extends CommandException {

    private static final long serialVersionUID = 1L;

    public ContractRefusedException(String reason) {
        super(ExitCode.REFUSED, "the contract refused: " + reason);
    }
}
