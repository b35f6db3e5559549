package org.zkml.prover.cli;

/** Starts the command line. */
public final class Main {

    private Main() {}

    /** Runs one command in this process; it talks to the terminal given. */
    public static int run(Terminal terminal, String... arguments) {
        return Zkml.run(terminal, arguments);
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(Zkml.run(Terminal.ofSystem(), arguments));
    }
}
