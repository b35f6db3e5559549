package org.zkml.prover.cli;

import org.zkml.prover.cli.chain.Chain;

/** How commands get to the chain of their workspace. */
final class ChainAccess {

    private ChainAccess() {}

    /** The chain of the workspace's deployment. */
    static Chain open(Workspace workspace) {
        return Chain.at(rpcUrl(workspace), workspace.deployment().chainId());
    }

    static String rpcUrl(Workspace workspace) {
        if (workspace.settings().rpcUrl() == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    workspace + ": the workspace knows no node of the chain; run \"zkml connect --rpc URL\" first");
        }
        return workspace.settings().rpcUrl();
    }
}
