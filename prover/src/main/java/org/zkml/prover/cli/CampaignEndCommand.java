package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml campaign finish}. */
@Command(
        name = "finish",
        aliases = "end",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a campaign, or a round, whose time is over.",
            "That is a campaign that found too few providers, or a round that nobody averaged. Anybody may; "
                    + "rewards of what was contributed are released."
        },
        footer = {"", "Example:", "  zkml campaign finish 1 -w owner"})
final class CampaignEndCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Parameters(paramLabel = "ID", description = "The campaign's number.")
    private BigInteger id;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract contract =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final ObjectNode result = Console.object().put("campaignId", id.toString());
            final Campaign campaign = contract.campaign(id);
            if (campaign.state() == CampaignState.CANCELLED || campaign.state() == CampaignState.FINISHED) {
                console.say("Campaign %s is %s already.", id, campaign.state().id());
                console.result(result.put("state", campaign.state().id()).put("repeated", true));
                return ExitCode.DONE.value();
            }
            final Receipt receipt;
            try (Vault vault = opened.unlock(passphrase, console)) {
                receipt = contract.end(fee.sender(chain, new Secrets(vault).identity(), console), campaign);
            }
            final String state = contract.campaign(id).state().id();
            console.say("Campaign %s is %s.", id, state);
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
            console.result(receipt.writeTo(result.put("state", state).put("repeated", false)));
        }
        return ExitCode.DONE.value();
    }
}
