package org.zkml.prover.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zkml shares}. */
@Command(
        name = "shares",
        mixinStandardHelpOptions = true,
        description = {
            "Brings the shares of the present round's contribution to the aggregators.",
            "Sends again what is missing, publishes on chain, encrypted, what is not acknowledged in time, "
                    + "answers disputes that must be lies. \"zkml participate\" does it all along."
        },
        footer = {"", "Example:", "  zkml shares --campaign 1 --yes -w hospital-a"})
final class SharesCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private SendOptions send;

    @Mixin
    private CampaignOption campaignOption;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (CampaignSession session = CampaignSession.open(
                console, true, opened, passphrase, setup, send.fee(), campaignOption.id(), RoundsOption.DEFAULT)) {
            final Campaign campaign = session.campaign();
            campaign.requireState(CampaignState.RUNNING);
            send.confirm(
                    console,
                    Stream.concat(
                                    Stream.of(
                                            "account      " + opened.settings().account(),
                                            "campaign     " + campaignOption.id() + ", the present round"),
                                    ShareDelivery.BROUGHT.stream())
                            .toList());
            final ShareDelivery.Delivered delivered = new ShareDelivery(
                            session, send.shareRelays(opened, session.chain(), session.sender()))
                    .step(campaign);
            session.tell(
                    "shares",
                    campaign.round(),
                    Console.object()
                            .put("shares", delivered.shares())
                            .put("acknowledged", delivered.acknowledged())
                            .put("published", delivered.published())
                            .put("settled", delivered.settled()),
                    "Round %d: %d shares, %d acknowledged, %d published, %d of these final before disputes.",
                    campaign.round(),
                    delivered.shares(),
                    delivered.acknowledged(),
                    delivered.published(),
                    delivered.settled());
            if (delivered.published() > delivered.settled()
                    && session.events().head().time() < campaign.deadlines().dispute()) {
                console.warn(
                        "what is published counts only if this account sees that it is final before disputes begin, "
                                + Instant.ofEpochSecond(campaign.deadlines().dispute())
                                + ": run this command again shortly before, or \"zkml participate\"");
            }
        }
        return ExitCode.DONE.value();
    }
}
