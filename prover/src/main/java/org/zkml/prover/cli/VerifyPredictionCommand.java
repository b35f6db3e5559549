package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml verify-prediction}. */
@Command(
        name = "verify-prediction",
        mixinStandardHelpOptions = true,
        description = {
            "Checks answers that \"zkml ask\" kept, without workspace and without their seller: recomputes the commitments of rows and",
            "predictions, compares model, seller and pass with the chain, verifies the seller's receipt, and the proof both here and by",
            "the chain's verifier. Exit code 0: all are right; 1: one is not."
        },
        footer = {
            "",
            "Example:",
            "  zkml verify-prediction buyer/passes/1-5fbdb231/1/10.json --rpc http://127.0.0.1:8545 --deployment deployment.json \\",
            "      --setup final.srs",
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
        AnswerVerifier.open(
                        chain,
                        deployment,
                        setup.open(console, null),
                        pass,
                        file.batch().lq())
                .requireProved(file);
        console.say(
                "AnswerVerified: pass %s, count %d: model %s gave these predictions for these %d rows, as %s signed.",
                pass.id(), file.query().count(), pass.modelId(), file.batch().rows(), pass.seller());
        final ObjectNode result = Console.object()
                .put("event", "AnswerVerified")
                .put("file", path.toString())
                .put("modelId", pass.modelId().toString())
                .put("passId", pass.id().toString())
                .put("count", file.query().count())
                .put("rows", file.batch().rows())
                .put("seller", pass.seller().toString())
                .put("queryId", Hex.of(file.queryId()));
        final var values = result.putArray("predictions");
        for (double value : file.response().values()) {
            values.add(value);
        }
        console.result(result);
    }
}
