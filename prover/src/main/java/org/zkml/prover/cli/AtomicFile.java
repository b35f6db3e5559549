package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes whole files or none: to a temporary file beside the target, which then takes its place. */
final class AtomicFile {

    private AtomicFile() {}

    static void write(Path target, byte[] bytes) {
        write(target, bytes, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** As {@link #write}, but takes the place of nothing. */
    static void create(Path target, byte[] bytes) {
        write(target, bytes, new CopyOption[0]);
    }

    private static void write(Path target, byte[] bytes, CopyOption... options) {
        final Path absolute = target.toAbsolutePath();
        Path temporary = null;
        try {
            Files.createDirectories(absolute.getParent());
            temporary = Files.createTempFile(absolute.getParent(), "." + absolute.getFileName(), ".tmp");
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                final ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, absolute, options);
        } catch (FileAlreadyExistsException e) {
            discard(temporary, e);
            throw new CommandException(
                    ExitCode.CONFLICT, target + ": there is such a file already; nothing was written", e);
        } catch (IOException e) {
            discard(temporary, e);
            throw new CommandException(
                    ExitCode.IO,
                    target + ": cannot be written (" + e
                            + "); check the folder, its permissions and the disk's free space",
                    e);
        }
    }

    private static void discard(Path temporary, IOException failure) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
