package org.zkml.prover.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.InferenceContract;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.cli.chain.MarketDeployer;
import org.zkml.prover.cli.chain.MarketDeployer.Roles;
import org.zkml.prover.cli.chain.TokenContract;
import org.zkml.prover.cli.chain.TransactionSender;
import org.zkml.prover.commitment.Ceremony;
import org.zkml.prover.commitment.Committer;
import org.zkml.prover.commitment.SetupFile;
import org.zkml.prover.commitment.SetupVerdict;
import org.zkml.prover.curve.G1Affine;
import org.zkml.prover.fixedpoint.ActivationTable;
import org.zkml.prover.fixedpoint.FixedPoint;
import org.zkml.prover.fixedpoint.ModelKind;
import org.zkml.prover.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml deploy}. */
@Command(
        name = "deploy",
        mixinStandardHelpOptions = true,
        description = {
            "Deploys all contracts with a setup, and writes their addresses to a file.",
            "The setup is verified first, and an unsafe one is refused on any chain but 31337."
        },
        footer = {
            "",
            "Example:",
            "  zkml deploy -w owner --setup final.srs --rpc http://127.0.0.1:8545 --out deployment.json"
        })
final class DeployCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private FeeOption fee;

    @Mixin
    private SetupOption setup;

    @Option(names = "--rpc", paramLabel = "URL", description = "A node of the chain. Without it: the workspace's.")
    private String rpcUrl;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the addresses.")
    private Path out;

    @Option(
            names = "--governance",
            paramLabel = "ADDRESS",
            description =
                    "Who grants budgets, sets the fee and pauses: a timelock in production. Without it: this account.")
    private String governance;

    @Option(
            names = "--payment-token",
            paramLabel = "ADDRESS",
            description = {
                "What passes are paid in: an ERC-20 of 18 decimals that takes no fee of its own and moves no balance by itself.",
                "Without it: the reward token."
            })
    private String paymentToken;

    @Option(
            names = "--treasury",
            paramLabel = "ADDRESS",
            description = "Who gets the fees on passes. Without it: governance.")
    private String treasury;

    @Option(
            names = "--force",
            description = "Replace the file if there is one. Contracts of an earlier deployment stay where they are.")
    private boolean force;

    @Override
    public Integer call() {
        if (Files.exists(out) && !force) {
            throw new CommandException(
                    ExitCode.CONFLICT,
                    out + ": the file exists, so this may be deployed already; use --force to deploy again");
        }
        final Workspace opened = workspace.open(console);
        final SetupFile file = setup.open(console, opened);
        final String url = rpcUrl == null ? ChainAccess.rpcUrl(opened) : HttpUrl.check("--rpc", rpcUrl);
        try (Chain chain = Chain.at(url)) {
            SetupOption.requireSafeFor(file, chain.chainId());
            final Ceremony ceremony = verified(file);
            final Roles roles = roles(opened.settings().account());
            requireToken(chain, roles.paymentToken());
            final Deployment deployment;
            final ObjectNode result;
            try (Vault vault = opened.unlock(passphrase, console)) {
                final TransactionSender sender = fee.sender(chain, vault, console);
                final MarketDeployer deployer = new MarketDeployer(chain, sender, line -> console.say("  %s", line));
                deployment =
                        deployer.deploy(file.verifierKey(), file.logSize(), file.unsafe(), tables(ceremony), roles);
                result = deployment.write().put("gasUsed", deployer.gasUsed().toString());
            }
            MarketCheck.require(chain, deployment, file.verifierKey());
            final InferenceContract inference = new InferenceContract(chain, deployment.inferenceMarket());
            console.say("Passes are paid in %s, fees go to %s.", inference.token(), inference.treasury());
            JsonFile.write(out, deployment.write());
            opened.save(opened.settings().with(setup.path(console, opened), url, null, deployment));
            console.say("Deployed on chain %s; addresses in %s.", chain.chainId(), out);
            console.result(result);
        }
        return ExitCode.DONE.value();
    }

    private Roles roles(Address account) {
        final Address governor = address("--governance", governance, account);
        return new Roles(
                governor, address("--payment-token", paymentToken, null), address("--treasury", treasury, governor));
    }

    private static void requireToken(Chain chain, Address token) {
        if (token != null && !chain.hasCode(token)) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "--payment-token: there is no contract at " + token + " on chain " + chain.chainId()
                            + "; name a token of this chain");
        }
        final int decimals = token == null ? Tokens.DECIMALS : new TokenContract(chain, token).decimals();
        if (decimals != Tokens.DECIMALS) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "--payment-token: the token at " + token + " has " + decimals
                            + " decimals, and all amounts are shown and read" + " with " + Tokens.DECIMALS
                            + "; name a token with " + Tokens.DECIMALS);
        }
    }

    private static Address address(String option, String text, Address otherwise) {
        return text == null ? otherwise : Address.ofOption(option, text);
    }

    private Ceremony verified(SetupFile file) {
        try (ProgressBar progress =
                new ProgressBar(console, List.of("reading powers", "checking points", "checking powers"))) {
            final Ceremony ceremony = file.readAll(progress::part);
            if (ceremony.verify(progress::part)
                    instanceof SetupVerdict.Rejected(SetupVerdict.Stage stage, String expected)) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        "the setup is false: stage " + stage + " expected " + expected + "; use another");
            }
            return ceremony;
        } catch (IOException e) {
            throw SetupOption.unreadable(Path.of("the setup"), e);
        }
    }

    /** The tables' commitments in the contract's order; infinity where the setup is too small for a table. */
    private static List<G1Affine> tables(Ceremony ceremony) {
        final Committer committer = new Committer(ceremony.setup());
        final List<G1Affine> tables = new ArrayList<>();
        for (ModelKind kind : ModelKind.values()) {
            for (int b = FixedPoint.MIN_B; b <= FixedPoint.MAX_B; b += 2) {
                tables.add(
                        b + 1 > ceremony.setup().logSize()
                                ? G1Affine.INFINITY
                                : TrainingRun.commitTable(committer, ActivationTable.of(kind, b)));
            }
        }
        return tables;
    }
}
