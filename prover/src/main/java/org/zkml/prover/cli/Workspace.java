package org.zkml.prover.cli;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.zkml.prover.vault.Vault;

/**
 * A provider's folder: public settings and results as files, secrets in the vault. The layout is in docs/command-line.md.
 */
final class Workspace {

    private static final String SETTINGS = "workspace.json";
    private static final String VAULT = "vault.zkml";
    private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}";

    private final Path folder;
    private Settings settings;

    private Workspace(Path folder, Settings settings) {
        this.folder = folder;
        this.settings = settings;
    }

    static boolean exists(Path folder) {
        return Files.exists(folder.resolve(SETTINGS));
    }

    /** Whether there is a vault and no settings: making the workspace was interrupted, or the vault came back from a backup. */
    static boolean isUnfinished(Path folder) {
        return !exists(folder) && Files.exists(folder.resolve(VAULT));
    }

    /**
     * Makes a workspace around keys, or finishes one around those in its vault. The vault first, so that no settings stand beside a vault that is not there.
     *
     * @param given the account's keys, or null for fresh ones
     */
    static Workspace create(Path folder, Identity given, char[] passphrase) {
        PrivateFolder.create(folder);
        final Path file = folder.resolve(VAULT);
        final Identity identity;
        try (Vault vault = Files.exists(file) ? Vault.open(file, passphrase) : Vault.create(file, passphrase)) {
            final Secrets secrets = new Secrets(vault);
            if (!secrets.hasIdentity()) {
                secrets.put(given != null ? given : Identity.create());
                vault.save();
            }
            identity = secrets.identity();
        }
        if (given != null && !given.address().equals(identity.address())) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    file + ": the vault has the keys of " + identity.address() + ", the key given is that of "
                            + given.address() + "; leave --key-file out, or name another folder");
        }
        final Workspace workspace = new Workspace(folder, Settings.of(identity));
        workspace.save(workspace.settings);
        return workspace;
    }

    static Workspace open(Path folder) {
        if (!Files.isRegularFile(folder.resolve(SETTINGS))) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    folder + ": there is no workspace here; make one with \"zkml init\", or name it with --workspace");
        }
        return new Workspace(folder, Settings.read(JsonFile.read(folder.resolve(SETTINGS))));
    }

    Settings settings() {
        return settings;
    }

    void save(Settings newSettings) {
        JsonFile.write(folder.resolve(SETTINGS), newSettings.write());
        settings = newSettings;
    }

    /** Opens the vault; the passphrase is wiped. */
    Vault unlock(Passphrase passphrase, Console console) {
        final char[] secret = passphrase.read(console);
        try {
            return Vault.open(folder.resolve(VAULT), secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** The contracts that this workspace works with. */
    Deployment deployment() {
        if (settings.deployment() == null) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    folder
                            + ": the workspace does not know the contracts; run \"zkml connect --deployment FILE\" first");
        }
        return settings.deployment();
    }

    /** Where a data set's public files are. */
    Path datasetFolder(String name) {
        if (!name.matches(NAME)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "\"" + name + "\" is no name for a data set; use up to 64 letters, digits, dots and dashes");
        }
        return folder.resolve("datasets").resolve(name);
    }

    /** Where a campaign's public files are: campaigns of other contracts have the same numbers. */
    Path campaignFolder(BigInteger campaignId) {
        return folder.resolve("campaigns").resolve(deployment().name()).resolve(campaignId.toString());
    }

    Path roundFolder(BigInteger campaignId, long round) {
        return campaignFolder(campaignId).resolve("round-" + round);
    }

    /** Where the queries and answers of a pass are: passes of other contracts have the same numbers. */
    Path passFolder(BigInteger passId) {
        return folder.resolve("passes").resolve(deployment().name()).resolve(passId.toString());
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
