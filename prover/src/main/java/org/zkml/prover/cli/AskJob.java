package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which rows a pass was asked about last, and from which count on: the same command again goes on there.
 *
 * @param rowsHash of all rows
 * @param first count before them
 * @param batch rows of a query, but for the last one
 */
record AskJob(String rowsHash, long first, int batch) {

    private static final String FORMAT = "zkml-ask/1";
    private static final String NAME = "ask.json";

    /** Null if nothing was asked yet. */
    static AskJob read(Path folder) {
        final Path path = folder.resolve(NAME);
        if (!Files.exists(path)) {
            return null;
        }
        final JsonFile json = JsonFile.read(path);
        if (!json.text("format").equals(FORMAT)) {
            throw json.problem("format", "is \"" + json.text("format") + "\"", "this version reads \"" + FORMAT + "\"");
        }
        return new AskJob(
                json.text("rowsHash"),
                json.integer("first", 0, Long.MAX_VALUE),
                Math.toIntExact(json.integer("batch", 1, Integer.MAX_VALUE)));
    }

    void write(Path folder) {
        PrivateFolder.create(folder);
        final ObjectNode json = Console.object()
                .put("format", FORMAT)
                .put("rowsHash", rowsHash)
                .put("first", first)
                .put("batch", batch);
        JsonFile.write(folder.resolve(NAME), json);
    }
}
