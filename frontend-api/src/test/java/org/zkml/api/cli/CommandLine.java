package org.zkml.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.zkml.prover.cli.Main;
import org.zkml.prover.cli.Terminal;

/** The command line of somebody with a workspace. */
record CommandLine(Path workspace) {

    static final String SELLER_PASSPHRASE = "another horse, another battery";

    private static final Map<String, String> ENVIRONMENT =
            Map.of("ZKML_PASSPHRASE", "correct horse battery staple", "ZKML_SELLER_PASSPHRASE", SELLER_PASSPHRASE);

    /** Runs a command that must succeed; what it says as JSON. */
    JsonNode done(Object... arguments) {
        final Run run = run(arguments);
        if (run.exitCode() != 0) {
            throw new AssertionError(Arrays.toString(arguments) + " ended with " + run.exitCode() + "\n" + run.err());
        }
        return run.json();
    }

    /** Runs a command in the workspace. */
    Run run(Object... arguments) {
        return execute(Stream.concat(Stream.of(arguments), Stream.of("-w", workspace, "--json"))
                .toArray());
    }

    /** Runs a command as it is. */
    static Run execute(Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        final int exitCode =
                Main.run(new Terminal(new PrintWriter(out), new PrintWriter(err), ENVIRONMENT, null), texts);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** What a command left. */
    record Run(int exitCode, String out, String err) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(out, e);
            }
        }

        /** The objects of a command that writes one a line. */
        List<JsonNode> events() {
            return out.lines().map(line -> new Run(exitCode, line, err).json()).toList();
        }
    }
}
