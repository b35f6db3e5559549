package org.zkml.prover.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml aggregate run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Does an aggregator's part in all rounds of a campaign, until it is over.",
            "It takes shares in and acknowledges them, disputes those that are missing, excludes who does not "
                    + "answer, exchanges partial sums, proves the average, closes the round, and hands the next model over "
                    + "to the seats. It can be ended and started again at any moment."
        },
        footer = {
            "",
            "Examples:",
            "  zkml aggregate run --campaign 1 -w owner",
            "  zkml aggregate run --campaign 1 --once --json -w registry",
            "      what is due now: a JSON object a line for everything that was done",
            "",
            "The account pays the gas of disputes, exclusions and averages. Partial sums go to the other aggregators only, encrypted,",
            "one a round; the vault stays open as long as this runs."
        })
final class AggregateRunCommand implements Callable<Integer> {

    private static final long MOST_SECONDS = 365L * 86_400;

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private FeeOption fee;

    @Mixin
    private RoundsOption rounds;

    @Option(
            names = "--takeover",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description =
                    "How long each aggregator waits for the one before it to close a round (default: ${DEFAULT-VALUE}).")
    private long takeoverSeconds;

    @Option(
            names = "--allow-exclusions",
            description =
                    "Release the partial sum though contributions were excluded: then it says more about each of the others.")
    private boolean exclusionsAllowed;

    @Option(
            names = "--allow-missing",
            description =
                    "Release the partial sum though providers of the round before are missing: they may have been kept away.")
    private boolean missingAllowed;

    @Override
    public Integer call() {
        if (takeoverSeconds < 0 || takeoverSeconds > MOST_SECONDS) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--takeover " + takeoverSeconds + ": must be from 0 to " + MOST_SECONDS + " seconds");
        }
        try (CampaignSession session = CampaignSession.open(
                console, true, workspace.open(console), passphrase, setup, fee, rounds.id(), rounds.confirmations())) {
            final Aggregation aggregation = new Aggregation(
                    session, takeoverSeconds, new PartialSum.Allowed(exclusionsAllowed, missingAllowed));
            return new RoundLoop(session, rounds).run(aggregation::step);
        }
    }
}
