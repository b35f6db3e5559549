package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.TokenContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml pass close}. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = {
            "Ends a pass: what was not redeemed goes back to its buyer.",
            "Three days after its term, or when all of it is redeemed. Anybody may."
        },
        footer = {"", "Example:", "  zkml pass close 1 -w buyer"})
final class PassCloseCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Parameters(paramLabel = "ID", description = "The pass's number.")
    private BigInteger id;

    @Override
    public Integer call() {
        try (MarketSession session = MarketSession.open(console, workspace.open(console), passphrase, fee)) {
            final Pass pass = PassCommand.require(session.market(), id);
            final ObjectNode result =
                    Console.object().put("passId", id.toString()).put("repeated", pass.closed());
            if (pass.closed()) {
                console.say("Pass %s is closed already.", id);
            } else {
                final TokenContract token =
                        new TokenContract(session.chain(), session.market().token());
                final BigInteger before = token.balanceOf(pass.buyer());
                final Receipt receipt = session.market().close(session.sender(), id);
                final BigInteger refund = token.balanceOf(pass.buyer()).subtract(before);
                console.say("Pass %s is closed; %s tokens went back to %s.", id, Tokens.text(refund), pass.buyer());
                console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
                receipt.writeTo(result.put("refund", refund.toString()));
            }
            console.result(result);
        }
        return ExitCode.DONE.value();
    }
}
