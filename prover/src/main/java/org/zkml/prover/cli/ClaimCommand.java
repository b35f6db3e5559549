package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.DirectRelay;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml claim}. */
@Command(
        name = "claim",
        mixinStandardHelpOptions = true,
        description = {
            "Pays out to the account what a campaign owes it.",
            "That is rewards of rounds that are over, and its part of what the model has earned since. Revenue is "
                    + "paid by a transaction of the account's own."
        },
        footer = {
            "",
            "Examples:",
            "  zkml claim --campaign 1 -w hospital-a",
            "      rewards, through the server, which pays the gas; shows the revenue",
            "  zkml claim --campaign 1 --direct -w hospital-a",
            "      rewards and revenue"
        })
final class ClaimCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Mixin
    private CampaignOption campaignOption;

    @Option(names = "--direct", description = "Send a transaction of the account's own instead of using the server.")
    private boolean direct;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Address account = opened.settings().account();
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final BigInteger amount = contract.claimable(campaignOption.id(), account);
            final ObjectNode result = Console.object()
                    .put("campaignId", campaignOption.id().toString())
                    .put("account", account.toString())
                    .put("amount", amount.toString());
            if (amount.signum() == 0) {
                console.say(
                        "Nothing to claim from campaign %s: no round that is over owes %s anything.",
                        campaignOption.id(), account);
            } else {
                final Receipt receipt = claim(opened, chain, account);
                requirePaid(chain, contract, account, amount, receipt);
                receipt.writeTo(result);
                console.say("%s tokens paid to %s.", Tokens.text(amount), account);
                console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
            }
            result.set("revenue", claimRevenue(opened, chain, account));
            console.result(result);
        }
        return ExitCode.DONE.value();
    }

    /** What the campaign's model has earned for the account. */
    private ObjectNode claimRevenue(Workspace opened, Chain chain, Address account) {
        final InferenceContract market = MarketSession.market(opened, chain);
        final BigInteger amount = market.claimable(campaignOption.id(), account);
        final ObjectNode result =
                Console.object().put("amount", amount.toString()).put("claimed", false);
        if (amount.signum() == 0) {
            return result;
        }
        if (!direct) {
            console.say(
                    "The model has earned %s tokens for %s: claim them with --direct.", Tokens.text(amount), account);
            return result;
        }
        try (Vault vault = opened.unlock(passphrase, console)) {
            final Receipt receipt = market.claim(fee.sender(chain, vault, console), campaignOption.id(), account);
            console.say("%s tokens of revenue paid to %s.", Tokens.text(amount), account);
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
            return receipt.writeTo(result.put("claimed", true));
        }
    }

    /** Whoever sent the transaction says that it is mined: the contract says whether it paid. */
    private void requirePaid(
            Chain chain, CampaignsContract contract, Address account, BigInteger owed, Receipt receipt) {
        chain.awaitBlock(receipt.block());
        final BigInteger left = contract.claimable(campaignOption.id(), account);
        if (left.compareTo(owed) >= 0) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "transaction " + receipt.transactionHash() + " did not pay: campaign " + campaignOption.id()
                            + " still owes " + account + " " + Tokens.text(left) + " tokens; claim with --direct");
        }
    }

    private Receipt claim(Workspace opened, Chain chain, Address account) {
        if (!direct) { // nothing to sign: anybody may pay an account what it is due
            return new ServerRelay(SendOptions.server(opened)).claim(campaignOption.id(), account);
        }
        try (Vault vault = opened.unlock(passphrase, console)) {
            return new DirectRelay(chain, opened.deployment(), fee.sender(chain, vault, console))
                    .claim(campaignOption.id(), account);
        }
    }
}
