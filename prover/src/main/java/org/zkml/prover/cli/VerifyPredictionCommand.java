package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.data.DataException;
import org.zkml.prover.data.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml verify-prediction}. */
@Command(
        name = "verify-prediction",
        mixinStandardHelpOptions = true,
        description = {
            "Checks answers that \"zkml ask\" kept, without workspace and seller.",
            "Recomputes the commitments of rows and predictions, compares model, seller and pass with the chain, "
                    + "verifies the seller's receipt, and the proof both here and by the chain's verifier. Exit code 0: all "
                    + "are right; 1: one is not."
        },
        footer = {
            "",
            "Example:",
            "  zkml verify-prediction buyer/passes/1-5fbdb231/1/10.json --rpc http://127.0.0.1:8545 --deployment deployment.json \\",
            "      --setup final.srs --schema schema.json",
            "",
            "Get deployment file and setup from somebody whom you trust: the addresses in it are all that is believed."
        })
final class VerifyPredictionCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private SetupOption setup;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Answers, as zkml ask wrote them.")
    private List<Path> files;

    @Option(names = "--rpc", required = true, paramLabel = "URL", description = "A node of the chain.")
    private String rpcUrl;

    @Option(
            names = "--deployment",
            required = true,
            paramLabel = "FILE",
            description = "Where the contracts are: deployment.json.")
    private Path deploymentFile;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = {
                "The campaign's schema: the rows in the file are quantised again. Without it only their quantised values are",
                "checked, and the rows beside them are whoever's word the file is."
            })
    private Path schemaFile;

    @Override
    public Integer call() {
        final Deployment deployment = Deployment.read(JsonFile.read(deploymentFile));
        try (Chain chain = Chain.at(HttpUrl.check("--rpc", rpcUrl), deployment.chainId())) {
            final InferenceContract market = new InferenceContract(chain, deployment.inferenceMarket());
            for (Path path : files) {
                verify(path, chain, deployment, market);
            }
        }
        return ExitCode.DONE.value();
    }

    private void verify(Path path, Chain chain, Deployment deployment, InferenceContract market) {
        final AnswerFile file = AnswerFile.read(path);
        if (!file.hasProof()) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    path + ": there is " + (file.answered() ? "no proof" : "no answer")
                            + " in it yet; run \"zkml ask\" again");
        }
        final Pass pass = PassCommand.require(market, file.query().passId());
        if (schemaFile != null) {
            requireRows(file, path, chain, deployment);
        }
        AnswerVerifier.open(
                        chain,
                        deployment,
                        setup.open(console, null),
                        pass,
                        market.listing(pass.modelId()),
                        file.batch().lq())
                .requireProved(file);
        console.say(
                "AnswerVerified: pass %s, count %d: model %s gave these predictions for %s, as %s signed.",
                pass.id(),
                file.query().count(),
                pass.modelId(),
                schemaFile != null
                        ? "these " + file.batch().rows() + " rows"
                        : "the quantised values of " + file.batch().rows()
                                + " rows (with --schema: for the rows beside them)",
                pass.seller());
        final ObjectNode result = Console.object()
                .put("event", "AnswerVerified")
                .put("file", path.toString())
                .put("modelId", pass.modelId().toString())
                .put("passId", pass.id().toString())
                .put("count", file.query().count())
                .put("rows", file.batch().rows())
                .put("rowsChecked", schemaFile != null)
                .put("seller", pass.seller().toString())
                .put("queryId", Hex.of(file.queryId()));
        final var values = result.putArray("predictions");
        for (double value : file.response().values()) {
            values.add(value);
        }
        console.result(result);
    }

    /** The rows as they were sent against the quantised values, which are what is proved about. */
    private void requireRows(AnswerFile file, Path path, Chain chain, Deployment deployment) {
        final Schema schema = Schema.load(schemaFile);
        final byte[] expected = new CampaignsContract(chain, deployment.trainingCampaigns())
                .campaign(file.query().modelId())
                .terms()
                .schemaHash();
        if (!Arrays.equals(schema.hash(), expected)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    schemaFile + ": the schema's hash is " + Hex.of(schema.hash()) + ", that of campaign "
                            + file.query().modelId() + " is " + Hex.of(expected) + "; use the campaign's schema");
        }
        try {
            if (!Arrays.equals(
                    AskedRows.quantise(schema, path.toString(), file.rows()),
                    file.batch().values())) {
                throw otherRows(path, "quantised they have other values", null);
            }
        } catch (DataException e) {
            throw otherRows(path, e.getMessage(), e);
        }
    }

    private static CommandException otherRows(Path path, String why, DataException cause) {
        return new CommandException(
                ExitCode.PROOF_FALSE, path + ": its rows are not those that it is proved about: " + why, cause);
    }
}
