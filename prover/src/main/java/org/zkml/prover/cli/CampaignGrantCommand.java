package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml campaign grant}. */
@Command(
        name = "grant",
        mixinStandardHelpOptions = true,
        description = {
            "Lets an owner's campaigns mint so many tokens more.",
            "For governance only. Running this again grants as much again."
        },
        footer = {
            "",
            "Example:",
            "  zkml campaign grant --owner 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 --tokens 3000 -w governance"
        })
final class CampaignGrantCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Option(names = "--owner", required = true, paramLabel = "ADDRESS", description = "Who gets the budget.")
    private String owner;

    @Option(names = "--tokens", required = true, paramLabel = "AMOUNT", description = "Tokens, such as 1500.5.")
    private String tokens;

    @Override
    public Integer call() {
        final Address account = Address.ofOption("--owner", owner);
        final BigInteger amount;
        try {
            amount = Tokens.parse(tokens);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        }
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened);
                Vault vault = opened.unlock(passphrase, console)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final Receipt receipt = contract.grantBudget(fee.sender(chain, vault, console), account, amount);
            final BigInteger budget = contract.budgetOf(account);
            console.say("%s can reserve %s tokens now.", account, Tokens.text(budget));
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
            final ObjectNode result =
                    Console.object().put("owner", account.toString()).put("budget", budget.toString());
            console.result(receipt.writeTo(result));
        }
        return ExitCode.DONE.value();
    }
}
