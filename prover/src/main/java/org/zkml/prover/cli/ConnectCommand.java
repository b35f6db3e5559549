package org.zkml.prover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.zkml.prover.cli.chain.Chain;
import org.zkml.prover.cli.chain.MarketCheck;
import org.zkml.prover.commitment.Setup.VerifierKey;
import org.zkml.prover.commitment.SetupFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml connect}. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = {
            "Tells a workspace where contracts, chain, server and setup are.",
            "What is not named stays as it is."
        },
        footer = {
            "",
            "Examples:",
            "  zkml connect -w hospital-a --deployment deployment.json --rpc http://127.0.0.1:8545 --setup setup.srs",
            "  zkml connect -w hospital-a --server https://zkml.example.org",
            "",
            "The deployment's addresses are what everything else is checked against: get them from somebody you trust."
        })
final class ConnectCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Option(
            names = "--deployment",
            paramLabel = "FILE",
            description = "The contracts' addresses, as \"zkml deploy\" wrote them.")
    private Path deployment;

    @Option(names = "--rpc", paramLabel = "URL", description = "A node of the chain.")
    private String rpcUrl;

    @Option(names = "--server", paramLabel = "URL", description = "The server that relays messages and pays their gas.")
    private String serverUrl;

    @Option(names = "--setup", paramLabel = "FILE", description = "The setup (powers of tau) to prove with.")
    private Path setup;

    /** If node and contracts are named now: whether they are what they seem. */
    private void check(Settings settings) {
        final boolean both = settings.rpcUrl() != null && settings.deployment() != null;
        if (!both || rpcUrl == null && deployment == null) {
            return;
        }
        final VerifierKey key = settings.setup() == null
                ? null
                : SetupOption.open(settings.setup()).verifierKey();
        try (Chain chain = Chain.at(settings.rpcUrl(), settings.deployment().chainId())) {
            MarketCheck.require(chain, settings.deployment(), key);
        } catch (CommandException e) {
            if (e.exitCode() != ExitCode.IO) {
                throw e;
            }
            console.warn(e.getMessage() + "; the addresses are stored, but not checked");
        }
    }

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        final Deployment contracts = deployment == null ? null : Deployment.read(JsonFile.read(deployment));
        if (setup != null) {
            final SetupFile file = SetupOption.open(setup);
            if (file.unsafe()) {
                console.warn("the setup is unsafe: it was made for development");
            }
        }
        final Settings settings = opened.settings()
                .with(setup, HttpUrl.check("--rpc", rpcUrl), HttpUrl.check("--server", serverUrl), contracts);
        check(settings);
        opened.save(settings);
        final String node = settings.rpcUrl() == null ? null : Chain.host(settings.rpcUrl());
        console.say("Workspace %s", opened);
        console.say("  account   %s", settings.account());
        console.say(
                "  chain     %s",
                settings.deployment() == null ? "-" : settings.deployment().chainId());
        console.say("  node      %s", node == null ? "-" : node);
        console.say("  server    %s", settings.serverUrl() == null ? "-" : settings.serverUrl());
        console.say("  setup     %s", settings.setup() == null ? "-" : settings.setup());
        console.result(settings.write().put("rpcUrl", node));
        return ExitCode.DONE.value();
    }
}
