package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.PtauImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zkml setup import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Imports a powers-of-tau file of snarkjs (.ptau), and verifies it.",
            "It must hold powers; xi is its beta. The proofs of knowledge of its own ceremony are not repeated: "
                    + "compare the file's hash with the published one."
        },
        footer = {
            "",
            "Examples:",
            "  zkml setup import powersOfTau28_hez_final_20.ptau final.srs",
            "  zkml setup import powersOfTau28_hez_final_20.ptau small.srs --power 17"
        })
final class SetupImportCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private SetupOutput output;

    @Parameters(index = "0", paramLabel = "PTAU", description = "The file to import.")
    private Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The setup to be written.")
    private Path out;

    @Option(names = "--power", paramLabel = "K", description = "Take the first 2^K powers only. Without it: all.")
    private Integer power;

    @Override
    public Integer call() {
        output.requireFree(out);
        return output.write(out, read(), console);
    }

    private Ceremony read() {
        try (ProgressBar progress =
                new ProgressBar(console, List.of("reading powers", "checking points", "checking powers"))) {
            final int size = power == null ? PtauImport.power(in) : power;
            return PtauImport.read(in, size, progress::part);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        } catch (IOException e) {
            throw SetupOption.unreadable(in, e);
        }
    }
}
