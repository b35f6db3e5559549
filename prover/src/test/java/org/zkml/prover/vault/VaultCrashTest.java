package org.zkml.prover.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: one that dies in the middle of a save, one that holds the vault. */
class VaultCrashTest {
    private static final char[] PASSPHRASE = "passphrase of a test".toCharArray();
    private static final int DIED = 42;

    @TempDir
    Path folder;

    @Test
    void aProcessThatDiesBetweenWriteAndRenameLeavesTheOldFile() throws Exception {
        Path path = createWith(1);
        Process process = start("die", path);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(DIED, process.exitValue());
        assertTrue(Files.size(folder.resolve("site.vault.new")) > 0, "the process died before it wrote");
        try (Vault vault = Vault.open(path, PASSPHRASE)) {
            assertArrayEquals(new byte[] {1}, vault.get("a"));
            vault.put("a", new byte[] {3});
            vault.save();
        }
        try (Vault vault = Vault.open(path, PASSPHRASE)) {
            assertArrayEquals(new byte[] {3}, vault.get("a"));
        }
    }

    @Test
    void aVaultInUseByAnotherProcessCannotBeOpened() throws Exception {
        Path path = createWith(1);
        Process process = start("hold", path);
        try {
            assertEquals('o', process.getInputStream().read(), "the process did not open the vault");
            VaultException failure = assertThrows(VaultException.class, () -> Vault.open(path, PASSPHRASE));
            assertTrue(failure.getMessage().contains("is in use"), failure.getMessage());
        } finally {
            process.destroyForcibly().waitFor();
        }
        Vault.open(path, PASSPHRASE).close();
    }

    private Path createWith(int value) {
        Path path = folder.resolve("site.vault");
        try (Vault vault = Vault.create(new AtomicFile(path), PASSPHRASE, new KeyDerivation(64, 1, 1))) {
            vault.put("a", new byte[] {(byte) value});
            vault.save();
        }
        return path;
    }

    private static Process start(String what, Path path) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        what,
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What the other process runs. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) throws Exception {
            AtomicFile file = new AtomicFile(Path.of(args[1])) {
                @Override
                void rename(Path temporary) {
                    Runtime.getRuntime().halt(DIED);
                }
            };
            try (Vault vault = Vault.open(file, PASSPHRASE)) {
                if (args[0].equals("die")) {
                    vault.put("a", new byte[] {2});
                    vault.save();
                }
                System.out.print("o");
                System.out.flush();
                Thread.sleep(60_000);
            }
        }
    }
}
