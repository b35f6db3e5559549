package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zkml model unlist}. */
@Command(
        name = "unlist",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a model of this account's off sale.",
            "Passes that were sold stay good: go on answering them."
        },
        footer = {"", "Example:", "  zkml model unlist --campaign 1 -w owner"})
final class ModelUnlistCommand implements Callable<Integer> {

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

    @Override
    public Integer call() {
        try (MarketSession session = MarketSession.open(console, workspace.open(console), passphrase, fee)) {
            final Listing now = session.market().listing(campaignOption.id());
            final boolean repeated = now.tiers().isEmpty();
            final ObjectNode result = Console.object()
                    .put("modelId", campaignOption.id().toString())
                    .put("repeated", repeated);
            if (repeated) {
                console.say("Model %s is not on sale.", campaignOption.id());
            } else {
                final Receipt receipt = session.market()
                        .list(session.sender(), campaignOption.id(), now.seller(), now.endpoint(), List.of());
                console.say("Model %s is off sale.", campaignOption.id());
                console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
                receipt.writeTo(result);
            }
            console.result(result);
        }
        return ExitCode.DONE.value();
    }
}
