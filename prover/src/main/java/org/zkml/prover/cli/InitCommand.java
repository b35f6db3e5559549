package org.zkml.prover.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a workspace: a folder with the account's keys in an encrypted vault.",
            "Where there is a vault already and no workspace, it is finished with the keys in the vault."
        },
        footer = {
            "",
            "Examples:",
            "  zkml init --workspace hospital-a",
            "      new keys; asks for a passphrase",
            "  zkml init -w hospital-a --key-file account.key --passphrase-file passphrase.txt",
            "      with an Ethereum key that exists: a file with 64 hexadecimal digits",
            "",
            "The vault is all that opens the commitments made later: keep a backup of it, and of the passphrase."
        })
final class InitCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "File with the account's Ethereum key, 64 hexadecimal digits. Without it a new key is drawn.")
    private Path keyFile;

    @Override
    public Integer call() {
        final Path folder = workspace.folder(console);
        if (Workspace.exists(folder)) {
            throw new CommandException(
                    ExitCode.CONFLICT, folder + ": there is a workspace already; use it, or name another folder");
        }
        final Identity given = keyFile == null ? null : readKey(keyFile);
        final boolean unfinished = Workspace.isUnfinished(folder);
        if (unfinished) {
            console.say("%s has a vault and no workspace: it is finished with the keys in the vault.", folder);
        }
        final char[] secret = unfinished ? passphrase.read(console) : passphrase.readNew(console);
        final Workspace made;
        try {
            made = Workspace.create(folder, given, secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
        console.say("Workspace %s made for account %s.", folder, made.settings().account());
        console.say("Its vault opens all that will be committed: keep a backup of it and of the passphrase.");
        console.result(Console.object()
                .put("workspace", folder.toString())
                .put("account", made.settings().account().toString())
                .put("x25519Key", made.settings().x25519Key())
                .put("mlKemKey", made.settings().mlKemKey()));
        return ExitCode.DONE.value();
    }

    private static Identity readKey(Path file) {
        final String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            throw new CommandException(ExitCode.IO, file + ": the key cannot be read (" + e + "); check the path", e);
        }
        if (!text.matches("(0x)?[0-9a-fA-F]{64}")) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, file + ": no Ethereum key; the file must hold 64 hexadecimal digits");
        }
        try {
            return Identity.withEthereumKey(HexFormat.of().parseHex(text.substring(text.length() - 64)));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, file + ": " + e.getMessage() + "; use another key", e);
        }
    }
}
