package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignEvents;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.RoundsContract;
import org.zkml.prover.envelope.Envelope;
import org.zkml.prover.envelope.MessageContext;
import org.zkml.prover.envelope.MessageKind;
import org.zkml.prover.envelope.PublicKeys;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml model hand-over}. */
@Command(
        name = "hand-over",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an averaged model into files, one a seat and encrypted to it.",
            "They are for seats that no server hands it to. Any aggregator or seat that has the model may; \"zkml model fetch --from\" checks it against the chain."
        },
        footer = {"", "Example:", "  zkml model hand-over --campaign 1 --out handed-over -w registry"})
final class ModelHandOverCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private CampaignOption campaignOption;

    @Option(
            names = "--round",
            paramLabel = "R",
            description = "The round that starts from the model. Without it: the latest model.")
    private Integer round;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the files.")
    private Path out;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final BigInteger id = campaignOption.id();
        final int number = ModelFetchCommand.number(opened, id, round);
        if (number == 0) {
            throw new CommandException(
                    ExitCode.CONFLICT, "campaign " + id + " has no average yet; every seat knows the model of round 0");
        }
        int files = 0;
        try (Vault vault = opened.unlock(passphrase, console);
                Chain chain = ChainAccess.open(opened)) {
            final ModelOpening model = ModelFetchCommand.fetch(opened, console, setup, vault, id, number);
            final Address own = opened.settings().account();
            final RoundsContract rounds =
                    new RoundsContract(chain, opened.deployment().trainingCampaigns());
            for (CampaignEvents.Recipient seat : new CampaignEvents(chain, opened.deployment(), id, 0).seats()) {
                final Optional<PublicKeys> keys = seat.account().equals(own)
                        ? Optional.empty()
                        : CampaignSession.keysOf(id, rounds, seat, console);
                if (keys.isPresent()) {
                    final MessageContext context = new MessageContext(
                            opened.deployment().round(id, number - 1L),
                            MessageKind.MODEL,
                            own.toBigInteger(),
                            seat.account().toBigInteger());
                    final byte[] envelope = Envelope.seal(model.vector().encode(), keys.get(), context);
                    ModelFile.of(context, envelope)
                            .write(out.resolve(id + "-" + number + "-" + seat.account() + ".json"));
                    files++;
                }
            }
        }
        console.say(
                "The model of round %d of campaign %s is in %s, a file for each of %d seats.", number, id, out, files);
        console.result(Console.object()
                .put("campaignId", id.toString())
                .put("round", number)
                .put("files", files));
        return ExitCode.DONE.value();
    }
}
