package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Runs command lines in this process, as nobody at a pipe or as somebody at a terminal. */
final class Cli {

    static final String PASSPHRASE = "correct horse battery staple";

    private Cli() {}

    /** What a command left. */
    record Run(int exitCode, String out, String err) {
        /** The one JSON object of standard output. */
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(out, e);
            }
        }

        Run requireDone() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + out + err);
            }
            return this;
        }
    }

    /** With the right passphrase in the environment. */
    static Run run(Object... arguments) {
        return run(Map.of(Passphrase.VARIABLE, PASSPHRASE), null, arguments);
    }

    static Run run(Map<String, String> environment, Terminal.Person person, Object... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        final int exitCode =
                Zkml.run(new Terminal(new PrintWriter(out), new PrintWriter(err), environment, person), texts);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
