package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine.Option;

/** Where the vault's passphrase comes from: a file, the environment, or the person at the terminal; never an argument. */
final class Passphrase {

    /** Environment variable with the passphrase. */
    static final String VARIABLE = "ZKML_PASSPHRASE";

    private static final int SHORT = 12;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "File whose first line is the vault's passphrase. Without it: the variable " + VARIABLE
                    + ", else a question.")
    private Path file;

    /** The passphrase of a vault that exists. */
    char[] read(Console console) {
        final char[] given = fromFileOrEnvironment(console);
        return given != null ? given : ask(console, "Passphrase of the vault: ");
    }

    /** The passphrase of a vault to be made: asked for twice. */
    char[] readNew(Console console) {
        char[] passphrase = fromFileOrEnvironment(console);
        if (passphrase == null) {
            passphrase = ask(console, "New passphrase for the vault: ");
            final char[] again = ask(console, "The same again: ");
            final boolean same = Arrays.equals(passphrase, again);
            Arrays.fill(again, '\0');
            if (!same) {
                throw new CommandException(ExitCode.VAULT, "the two passphrases differ; start again");
            }
        }
        if (passphrase.length < SHORT) {
            console.warn("the passphrase has " + passphrase.length
                    + " characters: whoever copies the vault can guess it; use at least " + SHORT);
        }
        return passphrase;
    }

    private char[] fromFileOrEnvironment(Console console) {
        if (file != null) {
            return firstLine(file, console);
        }
        final String variable = console.terminal().environment().get(VARIABLE);
        if (variable != null && variable.isEmpty()) {
            throw new CommandException(ExitCode.VAULT, "the variable " + VARIABLE + " is empty; set or unset it");
        }
        return variable == null ? null : variable.toCharArray();
    }

    /** A passphrase that is written down; warns where others can read it. */
    static char[] firstLine(Path path, Console console) {
        try {
            if (PrivateFolder.isOpenToOthers(path)) {
                console.warn(path
                        + ": other accounts of this machine can read the passphrase; run \"chmod 600\" on the file");
            }
            final String line = Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (line.isEmpty()) {
                throw new CommandException(
                        ExitCode.VAULT, path + ": the first line is empty; write the passphrase there");
            }
            return line.toCharArray();
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, path + ": the passphrase cannot be read (" + e + ")", e);
        }
    }

    private static char[] ask(Console console, String question) {
        if (!console.terminal().isInteractive()) {
            throw new CommandException(
                    ExitCode.VAULT,
                    "the vault needs a passphrase and nobody is there to ask; set " + VARIABLE
                            + " or use --passphrase-file");
        }
        final char[] answer = console.terminal().person().askSecret(question);
        if (answer == null || answer.length == 0) {
            throw new CommandException(ExitCode.VAULT, "no passphrase was given; start again");
        }
        return answer;
    }
}
