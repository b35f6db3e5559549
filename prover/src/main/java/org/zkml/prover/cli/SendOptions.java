package org.zkml.prover.cli;

import java.util.List;
import java.util.function.Supplier;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.DirectRelay;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a message leaves, and whether it may. */
final class SendOptions {

    @Option(
            names = "--direct",
            description = "Send a transaction of the account's own, which pays the gas, instead of using the server.")
    private boolean direct;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private FeeOption fee;

    FeeOption fee() {
        return fee;
    }

    /** Shows what will leave, and asks. */
    void confirm(Console console, List<String> leaving) {
        console.say("This leaves your site, and is public for good:");
        leaving.forEach(line -> console.say("  %s", line));
        if (direct) {
            console.say("The account pays the gas, at most %s gwei for each.", fee.gwei());
        }
        confirmation.require(console, "send this");
    }

    /** As {@link #confirm(Console, List)}, for what leaves by {@link #relay}: without a way nobody is asked. */
    void confirm(Console console, Workspace workspace, List<String> leaving) {
        if (!direct) {
            server(workspace);
        }
        confirm(console, leaving);
    }

    /** @param vault open, the account's */
    Relay relay(Workspace workspace, Chain chain, Vault vault, Console console) {
        return relay(workspace, chain, fee.sender(chain, vault, console));
    }

    Relay relay(Workspace workspace, Chain chain, TransactionSender sender) {
        if (direct) {
            return new DirectRelay(chain, workspace.deployment(), sender);
        }
        return new ServerRelay(server(workspace));
    }

    /**
     * For shares, which must get to the chain in time, whatever the server does: it is asked only where a transaction of the account's own fails, and all that is asked of it at a time has to be done within a
     * minute. What it has not done then is looked for on chain later.
     */
    Supplier<ShareRelay> shareRelays(Workspace workspace, Chain chain, TransactionSender sender) {
        final Relay own = new DirectRelay(chain, workspace.deployment(), sender);
        final boolean alone = direct || workspace.settings().serverUrl() == null;
        return () -> new ShareRelay(
                alone
                        ? List.of(own)
                        : List.of(own, new ServerRelay(server(workspace).within(Mailbox.EXCHANGE), Mailbox.EXCHANGE)));
    }

    static Server server(Workspace workspace) {
        if (workspace.settings().serverUrl() == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    workspace
                            + ": the workspace knows no server; run \"zkml connect --server URL\" first, or use --direct");
        }
        return new Server(workspace.settings().serverUrl());
    }
}
