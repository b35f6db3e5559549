package org.zkml.prover.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A provider's secrets under names, in one file encrypted with a passphrase (Argon2id, AES-256-GCM). Open it for as short as possible: nobody else can meanwhile. Changes
 * reach the disk by {@link #save} only. Not thread-safe.
 *
 * <p>Closing overwrites the secrets held here; copies that were handed out are their holders' to wipe. A garbage collector may have left others: this shortens the time
 * that secrets are in memory, no more.
 */
public final class Vault implements AutoCloseable {
    /** Shortest passphrase of a new vault, in characters. */
    public static final int MIN_PASSPHRASE = 8;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:/-]{0,254}");

    private final AtomicFile file;
    private final VaultLock lock;
    private final MasterKey key;
    private final TreeMap<String, byte[]> entries;
    private boolean closed;

    private Vault(AtomicFile file, VaultLock lock, MasterKey key, TreeMap<String, byte[]> entries) {
        this.file = file;
        this.lock = lock;
        this.key = key;
        this.entries = entries;
    }

    /**
     * Writes a new, empty vault.
     *
     * @param passphrase at least {@link #MIN_PASSPHRASE} characters; not kept, and the caller's to wipe
     * @throws VaultException if the file exists or cannot be written, or the passphrase is too short
     */
    public static Vault create(Path path, char[] passphrase) {
        return create(AtomicFile.at(path), passphrase, KeyDerivation.RECOMMENDED);
    }

    static Vault create(AtomicFile file, char[] passphrase, KeyDerivation derivation) {
        if (passphrase.length < MIN_PASSPHRASE) {
            throw new VaultException("the passphrase has " + passphrase.length + " characters; use at least "
                    + MIN_PASSPHRASE + ", several random words are good");
        }
        return locked(file.path(), lock -> {
            if (Files.exists(file.path())) {
                throw new VaultException(file.path() + ": the file exists; open it, or choose another path");
            }
            Vault vault = new Vault(file, lock, MasterKey.draw(passphrase, derivation), new TreeMap<>());
            vault.save();
            return vault;
        });
    }

    /**
     * Opens a vault.
     *
     * @param passphrase not kept, and the caller's to wipe
     * @throws VaultException if it is in use, cannot be read, was changed, or the passphrase is wrong
     */
    public static Vault open(Path path, char[] passphrase) {
        return open(AtomicFile.at(path), passphrase);
    }

    static Vault open(AtomicFile file, char[] passphrase) {
        Path path = file.path();
        if (!Files.isRegularFile(path)) {
            throw new VaultException(path + ": there is no such vault; check the path, or create one");
        }
        return locked(path, lock -> {
            if (Files.size(path) > file.largestBytes()) {
                throw new VaultException(path + ": the file has " + Files.size(path)
                        + " bytes, and no vault has more than " + file.largestBytes() + "; restore it from a backup");
            }
            SealedFile.Opened opened =
                    SealedFile.open(Files.readAllBytes(path), passphrase).orElseThrow(() -> cannotOpen(path));
            Optional<TreeMap<String, byte[]>> entries = Entries.decode(opened.contents());
            Arrays.fill(opened.contents(), (byte) 0);
            return new Vault(file, lock, opened.key(), entries.orElseThrow(() -> cannotOpen(path)));
        });
    }

    /** Keeps a copy of a secret under a name, instead of an earlier one. */
    public void put(String name, byte[] secret) {
        requireOpen();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name \"" + name + "\": must match " + NAME);
        }
        wipe(entries.put(name, secret.clone()));
    }

    /**
     * Keeps a copy of a secret under a new name, on disk once this returns. After a failure it is forgotten, so that whoever tries again saves again.
     *
     * @throws IllegalArgumentException if there is one of that name
     * @throws VaultException as {@link #save} does
     */
    public void putSaved(String name, byte[] secret) {
        if (contains(name)) {
            throw new IllegalArgumentException("name \"" + name + "\": the vault has it already");
        }
        put(name, secret);
        boolean saved = false;
        try {
            save();
            saved = true;
        } finally {
            if (!saved) {
                remove(name);
            }
        }
    }

    /**
     * A copy of a secret, the caller's to wipe.
     *
     * @throws VaultException if there is none of that name
     */
    public byte[] get(String name) {
        requireOpen();
        byte[] secret = entries.get(name);
        if (secret == null) {
            throw new VaultException(file.path() + ": the vault has no \"" + name + "\"; it has " + entries.keySet());
        }
        return secret.clone();
    }

    public boolean contains(String name) {
        requireOpen();
        return entries.containsKey(name);
    }

    /** Forgets a secret, if there is one of that name. */
    public void remove(String name) {
        requireOpen();
        wipe(entries.remove(name));
    }

    /** All names, sorted. */
    public List<String> names() {
        requireOpen();
        return List.copyOf(entries.keySet());
    }

    /**
     * Writes everything, under a fresh key. After a failure or a crash there is the old file or the new one, whole.
     *
     * @throws VaultException if the file cannot be written, or would be too large to be opened again
     */
    public void save() {
        requireOpen();
        long size = SealedFile.sizeBytes(Entries.sizeBytes(entries));
        if (size > file.largestBytes()) {
            throw new VaultException(file.path() + ": the vault would have " + size + " bytes, more than "
                    + file.largestBytes() + ", and was not saved; keep further data sets in another workspace");
        }
        byte[] contents = Entries.encode(entries);
        try {
            file.replace(SealedFile.seal(contents, key));
        } catch (IOException e) {
            throw cannotWrite(file.path(), e);
        } finally {
            wipe(contents);
        }
    }

    /** Wipes the secrets and lets others open the vault. Changes that were not saved are lost. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        entries.values().forEach(Vault::wipe);
        entries.clear();
        key.close();
        try {
            lock.close();
        } catch (IOException e) {
            throw cannotWrite(file.path(), e);
        }
    }

    private interface Opening {
        Vault with(VaultLock lock) throws IOException;
    }

    private static Vault locked(Path path, Opening opening) {
        try {
            VaultLock lock = VaultLock.take(path);
            boolean opened = false;
            try {
                Vault vault = opening.with(lock);
                opened = true;
                return vault;
            } finally {
                if (!opened) {
                    lock.close();
                }
            }
        } catch (NoSuchFileException e) {
            throw new VaultException(path + ": there is no such folder; create it first", e);
        } catch (IOException e) {
            throw cannotWrite(path, e);
        }
    }

    private static VaultException cannotOpen(Path path) {
        return new VaultException(
                path
                        + ": the vault cannot be opened: the passphrase is wrong or the file is damaged; try again, or restore the file from a backup");
    }

    private static VaultException cannotWrite(Path path, IOException cause) {
        return new VaultException(
                path + ": reading or writing failed (" + cause + "); check permissions and free space", cause);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the vault is closed");
        }
    }

    private static void wipe(byte[] secret) {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
