package org.zkml.prover.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command talks to.
 *
 * @param out results
 * @param err everything else
 * @param environment the process's environment variables
 * @param person whoever sits there, or null where nobody does: a pipe, a script, a test
 */
public record Terminal(PrintWriter out, PrintWriter err, Map<String, String> environment, Person person) {

    /** Somebody who can answer. */
    public interface Person {
        /** Asks for a secret without showing it; null at the end of input. */
        char[] askSecret(String question);

        /** Asks for a line; null at the end of input. */
        String ask(String question);
    }

    /** The terminal of this process. */
    static Terminal ofSystem() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                personAt(System.console()));
    }

    private static Person personAt(Console console) {
        if (console == null || !console.isTerminal()) {
            return null;
        }
        return new Person() {
            @Override
            public char[] askSecret(String question) {
                return console.readPassword("%s", question);
            }

            @Override
            public String ask(String question) {
                return console.readLine("%s", question);
            }
        };
    }

    /** Text without what a terminal takes for commands, or shows in another order: servers, nodes and files are quoted in it. Lines and tabs stay. */
    static String printable(String text) {
        final StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            final int type = Character.getType(c);
            final boolean hidden = type == Character.CONTROL || type == Character.FORMAT;
            shown.appendCodePoint(hidden && c != '\n' && c != '\t' ? '?' : c);
        });
        return shown.toString();
    }

    /** Whether somebody watches: only then are there questions and progress bars. */
    public boolean isInteractive() {
        return person != null;
    }
}
