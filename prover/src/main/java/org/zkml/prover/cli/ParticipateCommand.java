package org.zkml.prover.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zkml participate}. */
@Command(
        name = "participate",
        mixinStandardHelpOptions = true,
        description = {
            "Takes part in all rounds of a campaign, until it is over.",
            "With the seat that \"zkml join\" took: gets the round's model, trains, proves, contributes, sends "
                    + "the shares, publishes those that nobody acknowledges, answers disputes that are lies. It can be "
                    + "ended and started again at any moment."
        },
        footer = {
            "",
            "Examples:",
            "  zkml participate --campaign 1 --yes -w hospital-a",
            "  zkml participate --campaign 1 --once --json --yes -w hospital-a",
            "      what is due now: a JSON object a line for everything that was done",
            "",
            "Shares that nobody acknowledges are published, and lies answered, by transactions of the account's own: some ether on it",
            "makes that independent of the server, which is asked only where these fail. The vault stays open meanwhile."
        })
final class ParticipateCommand implements Callable<Integer> {

    @Mixin
    private Console console;

    @Mixin
    private WorkspaceOption workspace;

    @Mixin
    private Passphrase passphrase;

    @Mixin
    private SetupOption setup;

    @Mixin
    private SendOptions send;

    @Mixin
    private RoundsOption rounds;

    @Mixin
    private DatasetOption dataset;

    @Mixin
    private CompanyOption company;

    @Option(
            names = "--report",
            description =
                    "Also tell the server, without proof, how long the proofs took and how good the models are here.")
    private boolean report;

    @Override
    public Integer call() {
        final Workspace opened = workspace.open(console);
        try (CampaignSession session = CampaignSession.open(
                console, true, opened, passphrase, setup, send.fee(), rounds.id(), rounds.confirmations())) {
            send.confirm(
                    console,
                    opened,
                    Stream.of(
                                    List.of(
                                            "account      " + opened.settings().account(),
                                            "campaign     " + rounds.id() + ", every round of it",
                                            "commitments  of the trained models, and of their shares: they hide them perfectly",
                                            "proofs       zero-knowledge",
                                            "signatures   of the account"),
                                    ShareDelivery.BROUGHT,
                                    List.of("report       "
                                            + (report ? "proof times and scores, to the server" : "none")))
                            .flatMap(List::stream)
                            .toList());
            final Participation participation = new Participation(
                    session,
                    setup.open(console, opened),
                    send.relay(opened, session.chain(), session.sender()),
                    send.shareRelays(opened, session.chain(), session.sender()),
                    new Participation.Plan(dataset.name(), company, report));
            return new RoundLoop(session, rounds).run(participation::step);
        }
    }
}
