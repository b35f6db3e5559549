package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml model unlist}. */
@Command(
        name = "unlist",
        mixinStandardHelpOptions = true,
        description =
                "Takes a model of this account's off sale. Passes that were sold stay good: go on answering them.",
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

    @Option(
            names = {"-c", "--campaign"},
            required = true,
            paramLabel = "ID",
            description = "The campaign's number, which is the model's.")
    private BigInteger id;

    @Override
    public Integer call() {
        try (MarketSession session = MarketSession.open(console, workspace.open(console), passphrase, fee)) {
            final Listing now = session.market().listing(id);
            final boolean repeated = now.tiers().isEmpty();
            final ObjectNode result =
                    Console.object().put("modelId", id.toString()).put("repeated", repeated);
            if (repeated) {
                console.say("Model %s is not on sale.", id);
            } else {
                final Receipt receipt =
                        session.market().list(session.sender(), id, now.seller(), now.endpoint(), List.of());
                console.say("Model %s is off sale.", id);
                console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
                receipt.writeTo(result);
            }
            console.result(result);
        }
        return ExitCode.DONE.value();
    }
}
