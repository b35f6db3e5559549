package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.zkml.prover.averaging.ModelOpening;
import org.zkml.prover.cli.chain.CampaignsContract;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.SessionKey;
import org.zkml.prover.data.Schema;
import org.zkml.prover.inference.SellerVault;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml model export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the last model of a finished campaign into a seller's vault.",
            "That is the file that an instance of the server answers with. The vault gets a key of its own for "
                    + "receipts, and keeps it when further models are written into it. Whoever has the file and its "
                    + "passphrase has the model."
        },
        footer = {
            "",
            "Example:",
            "  zkml model export --campaign 1 --out seller/seller.zkml --seller-passphrase-file seller.pass -w owner",
            "      then: scripts/server.sh -Dzkml.seller.vault=seller/seller.zkml -Dzkml.seller.passphrase-file=seller.pass ..."
        })
final class ModelExportCommand implements Callable<Integer> {

    /** Environment variable with the seller's passphrase. */
    static final String VARIABLE = "ZKML_SELLER_PASSPHRASE";

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private SchemaOption schema;

    @Mixin
    private CampaignOption campaignOption;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The seller's vault.")
    private Path out;

    @Option(
            names = "--seller-passphrase-file",
            paramLabel = "FILE",
            description = "File whose first line is the seller's vault's passphrase. Without it: the variable "
                    + VARIABLE + ".")
    private Path passphraseFile;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Campaign campaign;
        try (Chain chain = ChainAccess.open(opened)) {
            campaign =
                    new CampaignsContract(chain, opened.deployment().trainingCampaigns()).campaign(campaignOption.id());
        }
        campaign.requireState(CampaignState.FINISHED);
        final Schema document = schema.find(opened, campaignOption.id(), campaign.terms());
        final char[] secret = sellerPassphrase();
        final ModelOpening model;
        try (Vault vault = opened.unlock(passphrase, console)) {
            model = ModelFetchCommand.fetch(opened, console, setup, vault, campaignOption.id(), campaign.round());
        }
        final Address seller = write(secret, model, document);
        console.say("The model after %d averages of campaign %s is in %s.", campaign.round(), campaignOption.id(), out);
        console.say("Receipts are signed by %s: list the model with --seller %s.", seller, seller);
        final ObjectNode result = Console.object()
                .put("modelId", campaignOption.id().toString())
                .put("version", campaign.round())
                .put("seller", seller.toString())
                .put("file", out.toString());
        console.result(result);
        return ExitCode.DONE.value();
    }

    private Address write(char[] secret, ModelOpening model, Schema document) {
        PrivateFolder.create(out.toAbsolutePath().getParent());
        try (Vault vault = Files.exists(out) ? Vault.open(out, secret) : Vault.create(out, secret)) {
            final SellerVault seller = new SellerVault(vault);
            if (!seller.hasKey()) {
                final byte[] key = SessionKey.drawSecret();
                seller.putKey(key);
                Arrays.fill(key, (byte) 0);
            }
            seller.put(campaignOption.id(), model, document.bytes());
            vault.save();
            return SessionKey.of(seller.key()).address();
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private char[] sellerPassphrase() {
        if (passphraseFile != null) {
            return Passphrase.firstLine(passphraseFile, console);
        }
        final String variable = console.terminal().environment().get(VARIABLE);
        if (variable == null || variable.isEmpty()) {
            throw new CommandException(
                    ExitCode.VAULT,
                    "the seller's vault needs a passphrase of its own; set " + VARIABLE
                            + " or use --seller-passphrase-file");
        }
        return variable.toCharArray();
    }
}
