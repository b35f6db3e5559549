package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.SetupVerdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code zkml setup verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that a setup consists of powers and follows from its contributions.",
            "Exit code 1: it does not."
        },
        footer = {"", "Example:", "  zkml setup verify final.srs"})
final class SetupVerifyCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Parameters(paramLabel = "FILE", description = "The setup.")
    private Path file;

    @Override
    public Integer call() {
        final Ceremony ceremony = SetupInput.read(file, console);
        final SetupVerdict verdict;
        try (ProgressBar progress = new ProgressBar(console, List.of("checking points", "checking powers"))) {
            verdict = ceremony.verify(progress::part);
        }
        final ObjectNode result = SetupOutput.describe(
                file, ceremony.setup().logSize(), ceremony.setup().verifierKey(), ceremony.history(), console);
        result.put("valid", verdict.accepted());
        if (verdict instanceof SetupVerdict.Rejected(SetupVerdict.Stage stage, String expected)) {
            console.say("The setup is NOT valid: stage %s expected %s.", stage, expected);
            result.put("stage", stage.name()).put("expected", expected);
        } else {
            console.say("The setup is valid.");
        }
        console.result(result);
        return (verdict.accepted() ? ExitCode.DONE : ExitCode.PROOF_FALSE).value();
    }
}
