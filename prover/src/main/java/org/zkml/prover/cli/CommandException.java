package org.zkml.prover.cli;

/** A command cannot go on. The message says what is wrong and what to do about it, and holds no secret. */
public class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public CommandException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public CommandException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** How the command ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
