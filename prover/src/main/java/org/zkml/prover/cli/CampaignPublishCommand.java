package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.data.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml campaign publish}. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Gives a campaign's schema and allow-list to the workspace's server.",
            "Providers get them from there. They are checked against the hashes on chain first. What the server "
                    + "has already stays as it is."
        },
        footer = {
            "",
            "Examples:",
            "  zkml campaign publish 1 -w owner",
            "      the documents that \"zkml campaign open\" left in the workspace",
            "  zkml campaign publish 1 --from campaign.json -w owner",
            "      those of the campaign's file, where the workspace has none"
        })
final class CampaignPublishCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Parameters(paramLabel = "ID", description = "The campaign's number.")
    private BigInteger id;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description =
                    "The file that the campaign was opened with. Without it: the campaign's folder in the workspace.")
    private Path file;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final CampaignDocuments documents = new CampaignDocuments(SendOptions.server(opened));
        final CampaignTerms terms;
        try (Chain chain = ChainAccess.open(opened)) {
            terms = new CampaignsContract(chain, opened.deployment().trainingCampaigns())
                    .campaign(id)
                    .terms();
        }
        final Path folder = opened.campaignFolder(id);
        final CampaignPlan plan = file == null ? null : CampaignPlan.read(file);
        final Schema schema = plan != null ? plan.schema() : Schema.load(folder.resolve("schema.json"));
        CampaignDocuments.requireSame("schema", schema.hash(), terms.schemaHash());
        final AllowList list = terms.openToAll() ? null : allowList(plan, folder);
        if (list != null) {
            CampaignDocuments.requireSame("allow-list", list.root(), terms.allowList());
        }
        documents.upload(schema, list);
        console.say(
                "Schema and allow-list of campaign %s are on %s.",
                id, opened.settings().serverUrl());
        console.result(Console.object()
                .put("campaignId", id.toString())
                .put("schemaHash", schema.hashHex())
                .put("server", opened.settings().serverUrl()));
        return ExitCode.DONE.value();
    }

    private static AllowList allowList(CampaignPlan plan, Path folder) {
        if (plan == null) {
            return AllowList.read(JsonFile.read(folder.resolve("allow-list.json")));
        }
        if (plan.allowList() == null) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, "the file has no allow-list, the campaign has; is it another campaign's file?");
        }
        return plan.allowList();
    }
}
