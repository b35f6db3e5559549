package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.CampaignOpener;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.data.Schema;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml campaign consent}. */
@Command(
        name = "consent",
        mixinStandardHelpOptions = true,
        description = {
            "Signs that this account will aggregate a campaign of an owner.",
            "The consent is good for a day; the owner needs the file to open the campaign."
        },
        footer = {
            "",
            "Example:",
            "  zkml campaign consent --owner 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266 --schema schema.json --out consent.json -w registry"
        })
final class CampaignConsentCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Option(names = "--owner", required = true, paramLabel = "ADDRESS", description = "Who will open the campaign.")
    private String owner;

    @Option(names = "--schema", required = true, paramLabel = "FILE", description = "The campaign's schema.")
    private Path schema;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the consent.")
    private Path out;

    @Override
    public Integer call() {
        final Address campaignOwner = Address.ofOption("--owner", owner);
        final Workspace opened = workspace.open(console);
        final byte[] schemaHash = Schema.load(schema).hash();
        try (Chain chain = ChainAccess.open(opened);
                Vault vault = opened.unlock(passphrase, console)) {
            final Identity identity = new Secrets(vault).identity();
            final CampaignOpener.Aggregator aggregator = AggregatorConsent.of(identity);
            final Authorization authorization = new MessageSigner(identity, opened.deployment())
                    .aggregate(
                            aggregator.account(),
                            campaignOwner,
                            schemaHash,
                            aggregator.x25519Key(),
                            aggregator.mlKemKey(),
                            chain.tomorrow());
            final AggregatorConsent consent = new AggregatorConsent(aggregator, authorization);
            JsonFile.write(out, consent.write());
            console.say(
                    "Consent of %s to aggregate a campaign of %s written to %s.",
                    identity.address(), campaignOwner, out);
            console.result(consent.write());
        }
        return ExitCode.DONE.value();
    }
}
