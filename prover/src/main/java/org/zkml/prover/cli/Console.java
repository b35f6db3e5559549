package org.zkml.prover.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What every command has: the options for its output, and the output itself. With {@code --json} stdout holds one JSON object and nothing else. */
public final class Console {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--json",
            description = "Write the result as one JSON object to standard output, and all text to standard error.")
    private boolean json;

    @Option(names = "--verbose", description = "Show the program's stack trace when something fails.")
    private boolean verbose;

    private Terminal terminal;

    void attach(Terminal newTerminal) {
        terminal = newTerminal;
    }

    /** The terminal behind it. */
    public Terminal terminal() {
        return terminal;
    }

    boolean verbose() {
        return verbose;
    }

    boolean json() {
        return json;
    }

    /** A line for people. */
    public void say(String format, Object... arguments) {
        text().println(Terminal.printable(String.format(Locale.ROOT, format, arguments)));
    }

    /** A line for people about something that they should know and that stops nothing. */
    public void warn(String message) {
        terminal.err().println("warning: " + Terminal.printable(message));
    }

    /** The result for programs: once, at the end, or a line an event by commands that go on. */
    public void result(ObjectNode result) {
        if (json) {
            try {
                terminal.out().println(JSON.writeValueAsString(result));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of values was not written", e);
            }
        }
    }

    /** An empty JSON object. */
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private PrintWriter text() {
        return json ? terminal.err() : terminal.out();
    }
}
