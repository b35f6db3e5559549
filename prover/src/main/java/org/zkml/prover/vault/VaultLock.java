package org.zkml.prover.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a vault to one user at a time, over all processes. The lock file stays behind, empty: to delete it could let two in. The system frees the lock of a process that dies. */
final class VaultLock implements AutoCloseable {
    private final FileChannel channel;

    private VaultLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws VaultException if another process or another part of this one holds the lock */
    static VaultLock take(Path vault) throws IOException {
        Path file = vault.resolveSibling(vault.getFileName() + ".lock");
        FileChannel channel = AtomicFile.openPrivate(file, StandardOpenOption.CREATE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held by this process: the same as held by another
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        if (!taken) {
            throw new VaultException(vault + ": the vault is in use; wait until the other command has ended");
        }
        return new VaultLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
