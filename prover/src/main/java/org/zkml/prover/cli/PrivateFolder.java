package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders and files that only their owner may look into, where the file system has permissions. */
final class PrivateFolder {

    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    static void create(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNERS));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, folder + ": the folder cannot be made (" + e + "); check path and permissions", e);
        }
    }

    /** Whether anybody but the owner may do anything with a file; false where the file system has no permissions. */
    static boolean isOpenToOthers(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNERS.containsAll(Files.getPosixFilePermissions(file));
    }
}
