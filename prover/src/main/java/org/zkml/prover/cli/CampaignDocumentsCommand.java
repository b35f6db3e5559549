package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** {@code zkml campaign documents}. */
@Command(
        name = "documents",
        mixinStandardHelpOptions = true,
        description = {
            "Gets a campaign's schema and allow-list from the server.",
            "They are checked against the hashes on chain."
        },
        footer = {"", "Example:", "  zkml campaign documents 1 --out campaign-1 -w hospital-a"})
final class CampaignDocumentsCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Parameters(paramLabel = "ID", description = "The campaign's number.")
    private BigInteger id;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where to write schema.json and allow-list.json. Without it: the campaign's folder in the workspace.")
    private Path out;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Path folder = out != null ? out : opened.campaignFolder(id);
        final CampaignTerms terms;
        try (Chain chain = ChainAccess.open(opened)) {
            terms = new CampaignsContract(chain, opened.deployment().trainingCampaigns())
                    .campaign(id)
                    .terms();
        }
        final CampaignDocuments documents = new CampaignDocuments(SendOptions.server(opened));
        final Schema schema = documents.schema(terms);
        AtomicFile.write(folder.resolve("schema.json"), schema.bytes());
        console.say("Schema %s, \"%s\": %s", schema.hashHex(), schema.name(), folder.resolve("schema.json"));
        final ObjectNode result = Console.object()
                .put("campaignId", id.toString())
                .put("schemaHash", schema.hashHex())
                .put("schema", folder.resolve("schema.json").toString());
        if (!terms.openToAll()) {
            final AllowList list = documents.allowList(terms);
            JsonFile.write(folder.resolve("allow-list.json"), list.write());
            console.say("Allow-list %s: %s", Hex.of(terms.allowList()), folder.resolve("allow-list.json"));
            result.put("allowList", folder.resolve("allow-list.json").toString());
        }
        console.result(result);
        return ExitCode.DONE.value();
    }
}
