package org.zkml.prover.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces a file so that after a crash at any moment there is either the old file or the new one, whole. Only the owner may read it. */
class AtomicFile {
    private static final long LARGEST_BYTES = 1L << 29;

    private final Path path;

    AtomicFile(Path path) {
        this.path = path;
    }

    /** The file at {@code path}; if that is a symbolic link, the file that it names, so that the link stays. */
    static AtomicFile at(Path path) {
        try {
            return new AtomicFile(Files.isSymbolicLink(path) ? path.toRealPath() : path);
        } catch (IOException e) {
            throw new VaultException(path + ": the link leads nowhere (" + e + "); check the path", e);
        }
    }

    Path path() {
        return path;
    }

    /** Larger ones are neither written nor read, so that nothing is written that cannot be read. */
    long largestBytes() {
        return LARGEST_BYTES;
    }

    /** Where the new file is written first; one left by a crash is overwritten. */
    Path temporary() {
        return path.resolveSibling(path.getFileName() + ".new");
    }

    void replace(byte[] bytes) throws IOException {
        Path temporary = temporary();
        Files.deleteIfExists(temporary);
        try (FileChannel channel = openPrivate(temporary, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        rename(temporary);
        forceFolder();
    }

    void rename(Path temporary) throws IOException {
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Opens a file for writing; if it is created, then with mode 600 where the file system has modes. */
    static FileChannel openPrivate(Path path, StandardOpenOption create) throws IOException {
        FileAttribute<?>[] mode =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        return FileChannel.open(path, Set.of(create, StandardOpenOption.WRITE), mode);
    }

    /** Makes the rename itself durable. Some systems cannot open a folder: there the rename is durable a little later. */
    private void forceFolder() throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ);
        } catch (IOException e) {
            return; // see above: the file itself is safe
        }
        try (FileChannel folder = opened) {
            folder.force(true);
        }
    }
}
