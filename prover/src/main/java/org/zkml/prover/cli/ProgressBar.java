package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zkml.prover.engine.ProverProgress;

/** Shows how far a long command is, on one line that it overwrites, if somebody watches; and keeps the time of every phase. */
final class ProgressBar implements ProverProgress, AutoCloseable {

    private static final int WIDTH = 24;
    private static final String DONE = "done";

    private final PrintWriter err;
    private final List<String> phases;
    private final Map<String, Long> millis = new LinkedHashMap<>();
    private String current;
    private long since;
    private int shown;

    /** @param phases all phases in their order, for the length of the bar */
    ProgressBar(Console console, List<String> phases) {
        this.err = console.terminal().isInteractive() ? console.terminal().err() : null;
        this.phases = List.copyOf(phases);
    }

    @Override
    public synchronized void phase(String name) {
        final long now = System.nanoTime();
        if (current != null) {
            millis.merge(current, (now - since) / 1_000_000, Long::sum);
        }
        since = now;
        current = DONE.equals(name) ? null : name;
        if (current == null) {
            clear();
        } else {
            draw((double) Math.max(0, phases.indexOf(name)) / phases.size(), name);
        }
    }

    /** Progress inside of a phase; may come from several threads. */
    synchronized void part(String name, long done, long total) {
        if (!name.equals(current)) {
            phase(name);
        }
        draw(total == 0 ? 0 : (double) done / total, name);
    }

    private void draw(double part, String text) {
        if (err == null) {
            return;
        }
        final int filled = (int) (WIDTH * part);
        final String line = "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + text;
        err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        err.flush();
        shown = line.length();
    }

    private void clear() {
        if (err != null && shown > 0) {
            err.print("\r" + " ".repeat(shown) + "\r");
            err.flush();
            shown = 0;
        }
    }

    /** Adds the phases so far with their milliseconds. */
    void writeTo(ObjectNode result) {
        phase(DONE);
        final ObjectNode json = result.putObject("phases");
        millis.forEach(json::put);
        result.put("millis", millis.values().stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public void close() {
        phase(DONE);
    }
}
