package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.zkml.prover.averaging.RepeatedWeightsException;
import org.zkml.prover.averaging.SecondPartialSumException;
import org.zkml.prover.data.DataException;
import org.zkml.prover.data.SchemaException;
import org.zkml.prover.training.OutOfRangeException;
import org.zkml.prover.vault.VaultException;

/** How what went wrong is told: a message and an exit code, and the stack trace only on request. */
final class Failures {

    private Failures() {}

    static int report(Throwable failure, boolean verbose, boolean json, Terminal terminal) {
        final ExitCode code = exitCode(failure);
        terminal.err().println("zkml: " + Terminal.printable(message(failure, code)));
        if (verbose) {
            failure.printStackTrace(terminal.err());
        }
        if (json) {
            terminal.out().println(json(failure, code));
        }
        return code.value();
    }

    /** What failed as a command's failure. A second partial sum passes: the other parts of an aggregator go on. */
    static CommandException of(RuntimeException failure) {
        if (failure instanceof CommandException known) {
            return known;
        }
        if (failure instanceof IllegalArgumentException || failure instanceof SecondPartialSumException) {
            return new CommandException(ExitCode.REFUSED, failure.getMessage(), failure);
        }
        final ExitCode code = exitCode(failure);
        return new CommandException(code, message(failure, code), failure);
    }

    private static ExitCode exitCode(Throwable failure) {
        return switch (failure) {
            case CommandException e -> e.exitCode();
            case DataException e -> ExitCode.BAD_INPUT;
            case SchemaException e -> ExitCode.BAD_INPUT;
            case OutOfRangeException e -> ExitCode.BAD_INPUT;
            case VaultException e -> ExitCode.VAULT;
            case RepeatedWeightsException e -> ExitCode.CONFLICT;
            case SecondPartialSumException e -> ExitCode.CONFLICT;
            case IOException e -> ExitCode.IO;
            case UncheckedIOException e -> ExitCode.IO;
            default -> ExitCode.INTERNAL;
        };
    }

    private static String message(Throwable failure, ExitCode code) {
        if (failure instanceof OutOfMemoryError) {
            return "not enough memory (" + failure.getMessage() + "); set ZKML_HEAP to more, such as 6g";
        }
        return switch (code) {
            case INTERNAL ->
                "internal error: " + failure + "; run the command again with --verbose and report what it shows";
            case IO ->
                failure instanceof CommandException ? failure.getMessage() : "reading or writing failed: " + failure;
            default -> failure.getMessage();
        };
    }

    static ObjectNode json(String message, ExitCode code) {
        final ObjectNode json = Console.object();
        json.putObject("error")
                .put("exitCode", code.value())
                .put("kind", code.name().toLowerCase(Locale.ROOT))
                .put("message", message);
        return json;
    }

    private static ObjectNode json(Throwable failure, ExitCode code) {
        final ObjectNode json = json(message(failure, code), code);
        final ObjectNode error = (ObjectNode) json.get("error");
        if (failure instanceof DataException data) {
            error.put("file", data.file());
            if (data.line() > 0) {
                error.put("line", data.line());
            }
            error.put("column", data.column()).put("value", data.value()).put("cure", data.cure());
        }
        return json;
    }
}
