package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a pass's folder to one run at a time, or two would sign the same count. The file stays behind, empty: to delete it could let two in. */
final class PassLock implements AutoCloseable {

    private static final String NAME = "lock";

    private final Path folder;
    private final FileChannel channel;

    private PassLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws CommandException if another run, of this process or of another one, has it */
    static PassLock take(Path folder) {
        PrivateFolder.create(folder);
        FileChannel channel = null;
        boolean taken = false;
        try {
            channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held by this process: the same as held by another
        } catch (IOException e) {
            throw failed(folder, e);
        } finally {
            if (!taken) {
                close(folder, channel);
            }
        }
        if (!taken) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    folder + ": another \"zkml ask\" is at work with this pass; wait until it has ended");
        }
        return new PassLock(folder, channel);
    }

    @Override
    public void close() {
        close(folder, channel);
    }

    private static void close(Path folder, FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw failed(folder, e);
            }
        }
    }

    private static CommandException failed(Path folder, IOException e) {
        return new CommandException(
                ExitCode.IO, folder + ": the folder cannot be locked (" + e + "); check its permissions", e);
    }
}
