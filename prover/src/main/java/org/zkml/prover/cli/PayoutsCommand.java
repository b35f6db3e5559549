package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.cli.chain.TokenContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml payouts}. */
@Command(
        name = "payouts",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what an account is owed, by the chain alone.",
            "Rewards of its contributions, and its part of what the models have earned, with the formula and its "
                    + "numbers. \"zkml claim\" pays out."
        },
        footer = {"", "Examples:", "  zkml payouts -w hospital-a", "  zkml payouts --account 0x7099... -w owner"})
final class PayoutsCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Option(names = "--account", paramLabel = "ADDRESS", description = "Whose. Without it: this workspace's.")
    private String account;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Address of = account == null ? opened.settings().account() : Address.ofOption("--account", account);
        final ObjectNode result = Console.object().put("account", of.toString());
        final ArrayNode items = result.putArray("items");
        try (Chain chain = ChainAccess.open(opened)) {
            final CampaignsContract campaigns =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns());
            final InferenceContract market = MarketSession.market(opened, chain);
            BigInteger total = BigInteger.ZERO;
            final long count = campaigns.campaigns().longValueExact();
            for (long id = 1; id <= count; id++) {
                total = total.add(show(campaigns, market, BigInteger.valueOf(id), of, items));
            }
            final BigInteger balance = new TokenContract(chain, market.token()).balanceOf(of);
            console.say("%s can claim %s tokens, and has %s.", of, Tokens.text(total), Tokens.text(balance));
            result.put("claimable", total.toString()).put("balance", balance.toString());
        }
        console.result(result);
        return ExitCode.DONE.value();
    }

    /** @return what the campaign and its model owe the account */
    private BigInteger show(
            CampaignsContract campaigns, InferenceContract market, BigInteger id, Address of, ArrayNode items) {
        final Campaign campaign = campaigns.campaign(id);
        final Seat seat = campaigns.seat(id, of);
        if (seat == null && !campaign.owner().equals(of)) {
            return BigInteger.ZERO;
        }
        final BigInteger rewards = campaigns.claimable(id, of);
        console.say("Campaign %s: %s tokens of rewards that are released", id, Tokens.text(rewards));
        final ObjectNode item =
                Console.object().put("campaignId", id.toString()).put("rewardsClaimable", rewards.toString());
        items.add(item);
        if (campaign.state() != CampaignState.FINISHED) { // there is no model that could have earned anything
            return rewards;
        }
        final ModelPayout payout = ModelPayout.of(
                market,
                id,
                of,
                campaign.owner().equals(of),
                seat == null ? 0 : campaigns.modelPoints(campaign, seat, of));
        console.say("  revenue      %s tokens: %s", Tokens.text(payout.claimable()), payout.formula());
        item.setAll(payout.write());
        return rewards.add(payout.claimable());
    }
}
