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
        final Path path = folder.resolve(NAME);
        return Files.exists(path) && JsonFile.read(path).textOr("endpoint", "").equals(url);
    }

    static void write(Path folder, String url) {
        PrivateFolder.create(folder);
        JsonFile.write(
                folder.resolve(NAME), Console.object().put("format", FORMAT).put("endpoint", url));
    }
}
