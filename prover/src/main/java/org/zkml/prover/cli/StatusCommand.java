package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.RegistryContract;
import org.zkml.prover.cli.chain.TokenContract;
import org.zkml.prover.relation.DatasetStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zkml status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a workspace's data sets, seats, contributions and tokens.",
            "Seats, contributions and tokens as the chain has them."
        },
        footer = {"", "Example:", "  zkml status -w hospital-a"})
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Settings settings = opened.settings();
        final ObjectNode result = Console.object()
                .put("workspace", opened.toString())
                .put("account", settings.account().toString());
        console.say("Workspace %s, account %s", opened, settings.account());
        if (settings.rpcUrl() == null || settings.deployment() == null) {
            console.say("Not connected to a chain: see \"zkml connect\".");
            datasets(opened, null, result);
        } else {
            try (Chain chain = ChainAccess.open(opened)) {
                datasets(
                        opened,
                        new RegistryContract(chain, settings.deployment().datasetRegistry()),
                        result);
                seats(
                        settings,
                        new CampaignsContract(chain, settings.deployment().trainingCampaigns()),
                        result);
                final BigInteger balance =
                        new TokenContract(chain, settings.deployment().rewardToken()).balanceOf(settings.account());
                console.say("Balance: %s tokens", Tokens.text(balance));
                result.put("balance", balance.toString());
            }
        }
        console.result(result);
        return ExitCode.DONE.value();
    }

    private void datasets(Workspace opened, RegistryContract registry, ObjectNode result) {
        final ArrayNode list = result.putArray("datasets");
        final TextTable table = new TextTable("data set", "rows", "features", "id", "on chain");
        for (Path folder : folders(opened.datasetFolder("x").getParent())) {
            final DatasetStatement statement = new ProofFiles(folder).readDataset();
            final byte[] id = DatasetId.of(statement);
            final RegisteredDataset registered = registry == null ? null : registry.dataset(id);
            final String state = registry == null
                    ? "unknown"
                    : registered == null ? "not registered" : registered.retired() ? "retired" : "registered";
            table.row(folder.getFileName(), statement.n(), statement.feat(), Hex.of(id), state);
            list.addObject()
                    .put("name", folder.getFileName().toString())
                    .put("datasetId", Hex.of(id))
                    .put("n", statement.n())
                    .put("feat", statement.feat())
                    .put("state", state);
        }
        table.print(console);
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(folder -> new ProofFiles(folder).exist())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, parent + ": cannot be read (" + e + ")", e);
        }
    }

    private void seats(Settings settings, CampaignsContract contract, ObjectNode result) {
        final ArrayNode list = result.putArray("seats");
        final TextTable table = new TextTable(
                "campaign", "state", "averaged", "round", "weight", "contributed", "claimable", "round ends");
        for (BigInteger id : contract.campaignsOf(settings.account())) {
            final Campaign campaign = contract.campaign(id);
            final Seat seat = contract.seat(id, settings.account());
            final BigInteger claimable = contract.claimable(id, settings.account());
            final boolean contributed = seat.nextRound() > campaign.round();
            final Instant end = Instant.ofEpochSecond(campaign.deadlines().contribution());
            table.row(
                    id,
                    campaign.state().id(),
                    campaign.round() + " of " + campaign.terms().rounds(),
                    campaign.round(),
                    seat.weight(),
                    contributed ? "yes" : "no",
                    Tokens.text(claimable),
                    end);
            list.addObject()
                    .put("campaignId", id.toString())
                    .put("state", campaign.state().id())
                    .put("round", campaign.round())
                    .put("rounds", campaign.terms().rounds())
                    .put("weight", seat.weight())
                    .put("contributed", contributed)
                    .put("points", seat.points())
                    .put("claimable", claimable.toString())
                    .put("contributionDeadline", end.toString());
        }
        table.print(console);
    }
}
