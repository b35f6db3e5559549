package org.zkml.prover.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final char[] PASSPHRASE = "correct horse – Zürich".toCharArray();

    /** Weak on purpose: these tests open hundreds of vaults. */
    private static final KeyDerivation FAST = new KeyDerivation(64, 1, 1);

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("site.vault");
    }

    @Test
    void returnsWhatWasSavedWithTheRecommendedKeyDerivation() {
        byte[] blinder = new byte[32];
        Arrays.fill(blinder, (byte) 7);
        try (Vault vault = Vault.create(path, PASSPHRASE)) {
            vault.put("dataset/x.blinder", blinder);
            vault.put("empty", new byte[0]);
            vault.save();
        }
        try (Vault vault = Vault.open(path, PASSPHRASE)) {
            assertEquals(List.of("dataset/x.blinder", "empty"), vault.names());
            assertArrayEquals(blinder, vault.get("dataset/x.blinder"));
            assertArrayEquals(new byte[0], vault.get("empty"));
            assertTrue(vault.contains("empty"));
            vault.remove("empty");
            assertFalse(vault.contains("empty"));
        }
    }

    @Test
    void keepsOnlyWhatWasSaved() {
        try (Vault vault = create()) {
            vault.put("a", new byte[] {1});
            vault.save();
            vault.put("a", new byte[] {2});
            vault.put("b", new byte[] {3});
        }
        try (Vault vault = open()) {
            assertEquals(List.of("a"), vault.names());
            assertArrayEquals(new byte[] {1}, vault.get("a"));
        }
    }

    @Test
    void handsOutCopies() {
        try (Vault vault = create()) {
            byte[] secret = {1, 2, 3};
            vault.put("a", secret);
            secret[0] = 9;
            vault.get("a")[1] = 9;
            assertArrayEquals(new byte[] {1, 2, 3}, vault.get("a"));
        }
    }

    @Test
    void showsNothingOfItsContents() throws IOException {
        try (Vault vault = create()) {
            vault.put("a-name-to-look-for", "a-secret-to-look-for".getBytes(StandardCharsets.US_ASCII));
            vault.save();
        }
        String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("to-look-for"));
    }

    @Test
    void everyWriteHasAFreshFileSaltUnderOneRunOfArgon2() throws IOException {
        byte[] salt;
        Set<String> seen = new HashSet<>();
        try (Vault vault = create()) {
            salt = Arrays.copyOfRange(Files.readAllBytes(path), 20, 36);
            for (int i = 0; i < 20; i++) {
                vault.save();
                byte[] file = Files.readAllBytes(path);
                assertArrayEquals(salt, Arrays.copyOfRange(file, 20, 36), "the key of this session");
                assertTrue(seen.add(Arrays.toString(Arrays.copyOfRange(file, 36, 68))), "file salt");
                assertTrue(seen.add(Arrays.toString(Arrays.copyOfRange(file, 68, file.length))), "contents");
            }
        }
        Files.delete(path);
        create().close();
        assertFalse(Arrays.equals(salt, Arrays.copyOfRange(Files.readAllBytes(path), 20, 36)), "another vault's salt");
    }

    /** Read by other code: HKDF and AES-GCM of Bouncy Castle. */
    @Test
    void isWhatItsFormatSays() throws IOException, InvalidCipherTextException {
        try (Vault vault = create()) {
            vault.put("a", new byte[] {1, 2});
            vault.save();
        }
        byte[] file = Files.readAllBytes(path);
        byte[] magic = Arrays.copyOf(file, 8);
        assertEquals("ZKMLVLT2", new String(magic, StandardCharsets.US_ASCII));
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(
                FAST.derive(PASSPHRASE, Arrays.copyOfRange(file, 20, 36)), Arrays.copyOfRange(file, 36, 68), magic));
        byte[] key = new byte[32];
        byte[] nonce = new byte[12];
        byte[] both = new byte[44];
        hkdf.generateBytes(both, 0, 44);
        System.arraycopy(both, 0, key, 0, 32);
        System.arraycopy(both, 32, nonce, 0, 12);
        var gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
        gcm.init(false, new AEADParameters(new KeyParameter(key), 128, nonce, Arrays.copyOf(file, 68)));
        byte[] contents = new byte[gcm.getOutputSize(file.length - 68)];
        gcm.doFinal(contents, gcm.processBytes(file, 68, file.length - 68, contents, 0));
        assertArrayEquals(new byte[] {0, 0, 0, 1, 0, 1, 'a', 0, 0, 0, 2, 1, 2}, contents);
    }

    @Test
    void savesNothingThatIsTooLargeToBeOpened() throws IOException {
        create().close();
        AtomicFile small = new AtomicFile(path) {
            @Override
            long largestBytes() {
                return 200;
            }
        };
        try (Vault vault = Vault.open(small, PASSPHRASE)) {
            vault.put("a", new byte[105]); // header 68, count 4, lengths and name 7, tag 16
            vault.save();
        }
        assertEquals(200, Files.size(path));
        try (Vault vault = Vault.open(small, PASSPHRASE)) {
            vault.put("a", new byte[106]);
            VaultException failure = assertThrows(VaultException.class, vault::save);
            assertTrue(failure.getMessage().contains("would have 201 bytes, more than 200"), failure.getMessage());
        }
        try (Vault vault = Vault.open(small, PASSPHRASE)) {
            assertEquals(105, vault.get("a").length);
        }
    }

    @Test
    void tellsAFileThatIsTooLargeFromAWrongPassphrase() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength((1L << 29) + 1);
        }
        String message = failureOf(PASSPHRASE);
        assertTrue(message.contains("has 536870913 bytes, and no vault has more than 536870912"), message);
    }

    @Test
    void aWrongPassphraseAndAChangedByteGiveTheSameMessage() throws IOException {
        try (Vault vault = create()) {
            vault.put("key", new byte[40]);
            vault.save();
        }
        String message = failureOf("correct horse - Zürich".toCharArray());
        assertTrue(message.contains("the passphrase is wrong or the file is damaged"), message);
        assertEquals(message, failureOf(new char[0]));
        byte[] original = Files.readAllBytes(path);
        for (int i = 0; i < original.length; i++) {
            for (int flip : new int[] {1, 0x80, 0xff}) {
                byte[] changed = original.clone();
                changed[i] ^= (byte) flip;
                Files.write(path, changed);
                assertEquals(message, failureOf(PASSPHRASE), "byte " + i);
            }
        }
        for (int length = 0; length < original.length; length++) {
            Files.write(path, Arrays.copyOf(original, length));
            assertEquals(message, failureOf(PASSPHRASE), "length " + length);
        }
        Files.write(path, Arrays.copyOf(original, original.length + 1));
        assertEquals(message, failureOf(PASSPHRASE));
        Files.write(path, original);
        open().close();
    }

    @Test
    void refusesKeyDerivationsThatWouldFillTheMemory() {
        assertTrue(KeyDerivation.RECOMMENDED.acceptable());
        for (KeyDerivation bad : List.of(
                new KeyDerivation((1 << 20) + 1, 1, 1),
                new KeyDerivation(Integer.MAX_VALUE, 1, 1),
                new KeyDerivation(-1, 1, 1),
                new KeyDerivation(64, 17, 1),
                new KeyDerivation(64, 0, 1),
                new KeyDerivation(1024, 1, 17),
                new KeyDerivation(1024, 1, 0),
                new KeyDerivation(15, 1, 2))) {
            assertFalse(bad.acceptable(), bad.toString());
        }
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        try (Vault vault = create()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            vault.save();
        }
        for (String name : List.of("site.vault", "site.vault.lock")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))));
        }
        assertFalse(Files.exists(folder.resolve("site.vault.new")));
    }

    @Test
    void staysWhereASymbolicLinkLeads() throws IOException {
        create().close();
        Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        try (Vault vault = Vault.open(link, PASSPHRASE)) {
            vault.put("a", new byte[] {1});
            vault.save();
        }
        assertTrue(Files.isSymbolicLink(link));
        try (Vault vault = open()) {
            assertTrue(vault.contains("a"));
        }
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
        assertThrows(VaultException.class, () -> Vault.open(dangling, PASSPHRASE));
    }

    @Test
    void hasOneUserAtATime() {
        try (Vault vault = create()) {
            vault.save();
            VaultException failure = assertThrows(VaultException.class, this::open);
            assertTrue(failure.getMessage().contains("is in use"), failure.getMessage());
        }
        open().close();
    }

    @Test
    void letsGoOfTheLockAfterAFailure() {
        create().close();
        failureOf("wrong passphrase".toCharArray());
        assertThrows(VaultException.class, this::create);
        open().close();
    }

    @Test
    void aFailedSaveLeavesTheOldFile() throws IOException {
        try (Vault vault = create()) {
            vault.put("a", new byte[] {1});
            vault.save();
        }
        AtomicFile fullDisk = new AtomicFile(path) {
            @Override
            void rename(Path temporary) throws IOException {
                throw new IOException("no space left on device");
            }
        };
        try (Vault vault = Vault.open(fullDisk, PASSPHRASE)) {
            vault.put("a", new byte[] {2});
            VaultException failure = assertThrows(VaultException.class, vault::save);
            assertTrue(failure.getMessage().contains("no space left"), failure.getMessage());
        }
        try (Vault vault = open()) {
            assertArrayEquals(new byte[] {1}, vault.get("a"));
            vault.put("a", new byte[] {3});
            vault.save();
        }
        assertFalse(Files.exists(folder.resolve("site.vault.new")));
        try (Vault vault = open()) {
            assertArrayEquals(new byte[] {3}, vault.get("a"));
        }
    }

    @Test
    void refusesToOverwriteAndToOpenWhatIsNotThere() {
        create().close();
        VaultException exists = assertThrows(VaultException.class, this::create);
        assertTrue(exists.getMessage().contains("the file exists"), exists.getMessage());
        Path missing = folder.resolve("none");
        VaultException none = assertThrows(VaultException.class, () -> Vault.open(missing, PASSPHRASE));
        assertTrue(none.getMessage().startsWith(missing + ": there is no such vault"), none.getMessage());
        assertFalse(Files.exists(folder.resolve("none.lock")));
        VaultException noFolder =
                assertThrows(VaultException.class, () -> Vault.create(folder.resolve("no/where"), PASSPHRASE));
        assertTrue(noFolder.getMessage().contains("no such folder"), noFolder.getMessage());
    }

    @Test
    void refusesShortPassphrasesOddNamesAndUseAfterClosing() {
        VaultException failure = assertThrows(VaultException.class, () -> Vault.create(path, "1234567".toCharArray()));
        assertTrue(failure.getMessage().contains("has 7 characters; use at least 8"), failure.getMessage());
        Vault vault = create();
        for (String name : List.of("", " ", "a b", "ä", "../x", "x".repeat(256))) {
            assertThrows(IllegalArgumentException.class, () -> vault.put(name, new byte[1]), name);
        }
        VaultException none = assertThrows(VaultException.class, () -> vault.get("a"));
        assertTrue(none.getMessage().contains("has no \"a\""), none.getMessage());
        vault.close();
        vault.close();
        assertThrows(IllegalStateException.class, () -> vault.get("a"));
        assertThrows(IllegalStateException.class, vault::save);
    }

    private Vault create() {
        return Vault.create(new AtomicFile(path), PASSPHRASE, FAST);
    }

    private Vault open() {
        return Vault.open(path, PASSPHRASE);
    }

    private String failureOf(char[] passphrase) {
        return assertThrows(VaultException.class, () -> Vault.open(path, passphrase))
                .getMessage();
    }
}
