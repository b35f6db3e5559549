package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MessageSigner;
import org.zkml.prover.cli.chain.RegistryContract;
import org.zkml.prover.relation.DatasetStatement;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code zkml register}. */
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        description = {
            "Registers a committed data set on chain.",
            "Its commitments and the proof, signed by the account."
        },
        footer = {
            "",
            "Examples:",
            "  zkml register -w hospital-a",
            "      through the server, which pays the gas; shows what leaves, and asks",
            "  zkml register --name spring --direct --yes -w hospital-a",
            "      by a transaction of the account's own, without a question"
        })
final class RegisterCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SendOptions send;

    @Mixin
    private DatasetOption dataset;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final ProofFiles files = new ProofFiles(opened.datasetFolder(dataset.name()));
        if (!files.exist()) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    "there is no data set \"" + dataset.name() + "\"; commit it first with \"zkml commit\"");
        }
        final DatasetStatement statement = files.readDataset();
        final byte[] proof = files.readProof();
        final byte[] id = DatasetId.of(statement);
        try (Chain chain = ChainAccess.open(opened)) {
            MarketCheck.require(chain, opened.deployment(), statement.key());
            final RegistryContract registry =
                    new RegistryContract(chain, opened.deployment().datasetRegistry());
            StatementCheck.requireDataset(statement.encode(), registry.datasetStatement(statement));
            if (registry.dataset(id) != null) {
                return report(id, null);
            }
            send.confirm(console, opened, leaving(statement, proof));
            final Receipt receipt;
            try (Vault vault = opened.unlock(passphrase, console)) {
                final Identity identity = new Secrets(vault).identity();
                final Authorization authorization =
                        new MessageSigner(identity, opened.deployment()).register(statement, proof, chain.tomorrow());
                receipt = send.relay(opened, chain, vault, console)
                        .register(new Registration(statement, proof, authorization));
            }
            chain.awaitBlock(receipt.block());
            if (registry.dataset(id) == null) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "transaction " + receipt.transactionHash() + " did not register the data set");
            }
            JsonFile.write(files.folder().resolve("registration.json"), receipt.writeTo(result(id)));
            return report(id, receipt);
        }
    }

    private static List<String> leaving(DatasetStatement statement, byte[] proof) {
        return List.of(
                "account      " + Address.of(statement.contributor()),
                "schema       " + Hex.word(statement.schemaHash()),
                "rows         " + statement.n(),
                "features     " + statement.feat() + " with the intercept, limbs of " + statement.b() + " bits",
                "commitments  C_X, C_Y: they hide the data perfectly",
                "proof        " + proof.length + " bytes, zero-knowledge",
                "signature    of the account");
    }

    private ObjectNode result(byte[] id) {
        return Console.object().put("datasetId", Hex.of(id)).put("name", dataset.name());
    }

    private int report(byte[] id, Receipt receipt) {
        final ObjectNode result = result(id).put("repeated", receipt == null);
        if (receipt == null) {
            console.say("Data set %s is registered already.", Hex.of(id));
        } else {
            receipt.writeTo(result);
            console.say("Data set %s registered.", Hex.of(id));
            console.say("  transaction %s, %s gas", receipt.transactionHash(), receipt.gasUsed());
        }
        console.result(result);
        return ExitCode.DONE.value();
    }
}
