package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.zkml.prover.data.Schema;
import picocli.CommandLine.Option;

/** Where a campaign's schema is. */
final class SchemaOption {

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The campaign's schema, where the workspace has it not.")
    private Path file;

    /** The schema that the chain names: of whoever opened the campaign, of a data set, or as given. */
    Schema find(Workspace workspace, BigInteger campaignId, CampaignTerms terms) {
        final List<Path> places = file != null
                ? List.of(file)
                : List.of(
                        workspace.campaignFolder(campaignId).resolve("schema.json"),
                        workspace.datasetFolder("data").resolve("schema.json"));
        for (Path place : places) {
            if (Files.exists(place) && Arrays.equals(Schema.load(place).hash(), terms.schemaHash())) {
                return Schema.load(place);
            }
        }
        throw new CommandException(
                ExitCode.BAD_INPUT,
                "none of " + places + " is the schema of campaign " + campaignId + ", whose hash is "
                        + Hex.of(terms.schemaHash()) + "; get it with \"zkml campaign documents " + campaignId
                        + " --out FOLDER\" and name it with --schema");
    }

    /** As {@link #find}, or else from the workspace's server, which is believed in nothing; it is kept. */
    Schema findOrFetch(Workspace workspace, BigInteger campaignId, CampaignTerms terms) {
        try {
            return find(workspace, campaignId, terms);
        } catch (CommandException e) {
            if (file != null || workspace.settings().serverUrl() == null) {
                throw e;
            }
            final Schema schema =
                    new CampaignDocuments(new Server(workspace.settings().serverUrl())).schema(terms);
            AtomicFile.write(workspace.campaignFolder(campaignId).resolve("schema.json"), schema.bytes());
            return schema;
        }
    }
}
