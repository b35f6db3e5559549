package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Setup;
import org.zkml.prover.commitment.SetupContribution;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.commitment.SetupHistory;
import picocli.CommandLine.Option;

/** Writes setups and tells what they are. */
final class SetupOutput {

    static final List<String> PHASES = List.of("making powers", "multiplying powers", "writing powers");

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    void requireFree(Path file) {
        if (Files.exists(file) && !force) {
            throw new CommandException(
                    ExitCode.CONFLICT, file + ": the file exists; name another, or use --force to replace it");
        }
    }

    int write(Path file, Ceremony ceremony, Console console) {
        try (ProgressBar progress = new ProgressBar(console, PHASES)) {
            SetupFile.write(file, ceremony, progress::part);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO,
                    file + ": cannot be written (" + e + "); check the folder and the disk's free space",
                    e);
        }
        final ObjectNode result =
                describe(file, ceremony.setup().logSize(), ceremony.setup().verifierKey(), ceremony.history(), console);
        console.result(result);
        return ExitCode.DONE.value();
    }

    /** What a setup is, for people and for programs. */
    static ObjectNode describe(Path file, int logSize, Setup.VerifierKey key, SetupHistory history, Console console) {
        final String origin = history.origin().name().toLowerCase(Locale.ROOT);
        console.say("Setup %s: 2^%d powers, made by %s.", file, logSize, origin);
        if (!history.source().isEmpty()) {
            console.say("  source        %s", history.source());
        }
        final ObjectNode result = Console.object()
                .put("file", file.toString())
                .put("power", logSize)
                .put("origin", origin)
                .put("source", history.source())
                .put("unsafe", history.unsafe())
                .put("tau2", Hex.of(key.tau2().toBytes()))
                .put("xi2", Hex.of(key.xi2().toBytes()));
        final ArrayNode links = result.putArray("contributions");
        for (int i = 0; i < history.contributions().size(); i++) {
            final SetupContribution link = history.contributions().get(i);
            final String hash = Hex.of(history.hash(logSize, i + 1));
            final String kind = link instanceof SetupContribution.Beacon ? "beacon" : "participant";
            console.say("  %-12s  %s, hash %s", kind, link.name(), hash);
            links.addObject().put("kind", kind).put("name", link.name()).put("hash", hash);
        }
        if (history.unsafe()) {
            console.warn("this setup is UNSAFE: take its secrets as known; only chain " + Deployment.DEVELOPMENT_CHAIN
                    + " takes it");
        }
        return result;
    }
}
