package org.zkml.prover.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the buyer of a pass agreed that its rows go: {@code passes/CONTRACTS/ID/endpoint.json}. */
final class AgreedEndpoint {

    private static final String FORMAT = "zkml-endpoint/1";
    private static final String NAME = "endpoint.json";

    private AgreedEndpoint() {}

    /** Whether it is this one. */
    static boolean is(Path folder, String url) {
        return url.equals(agreed(folder));
    }

    /** That a listing, which its owner can change at any time, has not moved it. */
    static void requireNotMoved(Path folder, String listed) {
        final String before = agreed(folder);
        if (before != null && !before.equals(listed)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the pass's rows went to " + before + ", the model is listed at " + listed
                            + ": nothing was sent; name the one that you want with --endpoint");
        }
    }

    private static String agreed(Path folder) {
        final Path path = folder.resolve(NAME);
        return Files.exists(path) ? JsonFile.read(path).text("endpoint") : null;
    }

    static void write(Path folder, String url) {
        PrivateFolder.create(folder);
        JsonFile.write(
                folder.resolve(NAME), Console.object().put("format", FORMAT).put("endpoint", url));
    }
}
