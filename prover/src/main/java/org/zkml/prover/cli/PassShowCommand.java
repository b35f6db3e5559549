package org.zkml.prover.cli;

import java.math.BigInteger;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.Chain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml pass show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a pass as the market has it, and what this workspace has asked with it.",
        footer = {"", "Example:", "  zkml pass show 1 -w buyer"})
final class PassShowCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Parameters(paramLabel = "ID", description = "The pass's number.")
    private BigInteger id;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (Chain chain = ChainAccess.open(opened)) {
            final Pass pass = PassCommand.require(MarketSession.market(opened, chain), id);
            final long asked = new PassRecords(opened, pass).asked();
            console.say(
                    "Pass %s of model %s, bought by %s for %s tokens",
                    id, pass.modelId(), pass.buyer(), Tokens.text(pass.price()));
            console.say("  seller       %s", pass.seller());
            console.say(
                    "  rows         %d, of which %d redeemed, and %d asked here",
                    pass.queries(), pass.redeemed(), asked);
            console.say(
                    "  term         until %s%s",
                    Instant.ofEpochSecond(pass.termEnd()), pass.closed() ? ", closed" : "");
            console.result(pass.write().put("asked", asked));
        }
        return ExitCode.DONE.value();
    }
}
