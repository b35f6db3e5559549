package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that only their owner may look into, where the file system has permissions. */
final class PrivateFolder {

    private PrivateFolder() {}

    static void create(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.IO, folder + ": the folder cannot be made (" + e + "); check path and permissions", e);
        }
    }
}
