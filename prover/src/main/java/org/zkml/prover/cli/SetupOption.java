package org.zkml.prover.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.MalformedSetupException;
import org.zkml.prover.commitment.Progress;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.pad.Pad;
import picocli.CommandLine.Option;

/** Which powers of tau a command works with. */
final class SetupOption {

    static final String VARIABLE = "ZKML_SETUP";

    @Option(
            names = "--setup",
            paramLabel = "FILE",
            description = "The setup (powers of tau). Without it: the workspace's, else the variable " + VARIABLE + ".")
    private Path file;

    /** The path, or null if none was named; {@code workspace} may be null. */
    Path path(Console console, Workspace workspace) {
        if (file != null) {
            return file;
        }
        if (workspace != null && workspace.settings().setup() != null) {
            return workspace.settings().setup();
        }
        final String variable = console.terminal().environment().get(VARIABLE);
        return variable == null ? null : Path.of(variable);
    }

    /** The setup's file, which must be named. */
    SetupFile open(Console console, Workspace workspace) {
        final Path path = path(console, workspace);
        if (path == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no setup was named; use --setup FILE, or \"zkml connect --setup FILE\" once for this workspace");
        }
        return open(path);
    }

    static SetupFile open(Path path) {
        try {
            return SetupFile.open(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * A committer for proofs with tables of {@code 2^variables} entries, on a chain for which the setup is good enough.
     */
    static Committer committer(SetupFile setup, int variables, BigInteger chainId, Progress progress) {
        requireSafeFor(setup, chainId);
        final int needed = Math.max(variables, Integer.SIZE - Integer.numberOfLeadingZeros(Pad.ORDER));
        if (needed > setup.logSize()) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the setup is too small: it has 2^" + setup.logSize() + " powers, 2^" + needed
                            + " are needed for this data; make or import a larger one (\"zkml setup --help\")");
        }
        try {
            return new Committer(setup.read(needed, progress));
        } catch (IOException e) {
            throw unreadable(Path.of("the setup"), e);
        }
    }

    /** An unsafe setup convinces nobody: only the development chain takes it. */
    static void requireSafeFor(SetupFile setup, BigInteger chainId) {
        if (setup.unsafe() && !chainId.equals(Deployment.DEVELOPMENT_CHAIN)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the setup is unsafe (made for development, its secrets may be known) and chain " + chainId
                            + " is not the development chain " + Deployment.DEVELOPMENT_CHAIN
                            + "; use the setup of a ceremony");
        }
    }

    static CommandException unreadable(Path path, IOException e) {
        return switch (e) {
            case MalformedSetupException malformed ->
                new CommandException(ExitCode.BAD_INPUT, malformed.getMessage(), e);
            case NoSuchFileException missing ->
                new CommandException(
                        ExitCode.BAD_INPUT,
                        missing.getFile()
                                + ": there is no such file; make a setup with \"zkml setup\", or name another",
                        e);
            default -> new CommandException(ExitCode.IO, path + ": cannot be read (" + e + ")", e);
        };
    }
}
